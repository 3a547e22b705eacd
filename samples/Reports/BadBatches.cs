using MLNet.GradStability;

namespace Samples.Reports;

/// <summary>Spoils a training: labels thirty times as large, features that are no numbers, and a stretch of batches that are all far off.</summary>
internal static class BadBatches
{
    private const int First = 150;
    private const int Every = 60;
    private const int Stretch = 400;
    private const int StretchLength = 6;

    public static Callback Callback { get; } = Callback.On(stepStarting: (run, rows) =>
    {
        if (run.Step is >= Stretch and < Stretch + StretchLength)
        {
            rows.Features.mul_(1e4);
            rows.Targets.mul_(1e3);
        }
        else if (run.Step >= First && run.Step % Every == 0)
        {
            (run.Step % (2 * Every) == 0 ? rows.Targets : rows.Features).mul_(run.Step % (2 * Every) == 0 ? 30 : float.NaN);
        }
    });
}
