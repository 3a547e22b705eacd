using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>An optimiser whose rate is still to be set.</summary>
/// <param name="UsualRate">The rate when none is given.</param>
/// <param name="Make">Makes it.</param>
internal sealed record OptimizerDraft(double UsualRate, Func<Schedule, Optimizer> Make)
{
    // Tried at once, so that wrong numbers are told before any data is read.
    public static OptimizerDraft Of(double usualRate, Func<Schedule, Optimizer> make)
    {
        make(usualRate);
        return new(usualRate, make);
    }
}
