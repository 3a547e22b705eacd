using System.Diagnostics;
using System.Globalization;

namespace MLNet.GradStability;

/// <summary>What ended and what runs, and the reports of it. Not for several threads at once.</summary>
internal sealed class SweepBoard<TOptions>(OptionSweep<TOptions> sweep, Stopwatch watch)
    where TOptions : notnull
{
    private static readonly TimeSpan BetweenEpochs = TimeSpan.FromMilliseconds(200);
    private readonly SortedDictionary<int, RunningTrial> _running = [];
    private List<SweepTrial<TOptions>> _ended = [];
    private TimeSpan _reported;

    /// <summary>The trials that ended, best first.</summary>
    public IReadOnlyList<SweepTrial<TOptions>> Ended => _ended;

    /// <summary>A trial in a line, for the log.</summary>
    public static string Line(OptionSweep<TOptions> sweep, SweepTrial<TOptions> trial) => string.Create(
        CultureInfo.InvariantCulture,
        $"Trial {trial.Number}/{sweep.Trials} {trial.State.ToString().ToLowerInvariant()} in {trial.Duration.TotalSeconds:F1} s, {sweep.Metric.Name} {trial.Metric:G5}: {string.Join(", ", trial.Values.Select(value => $"{value.Parameter.Name} {value.Text}"))}.{(trial.Reason is { } reason ? " " + reason : string.Empty)}");

    public void Started(int number, TrialPoint point)
    {
        _running[number] = new(number, [.. TrialValues.Of(sweep.Space.Parameters, point)], null);
        Report();
    }

    public void Epoch(int number, TrialEpoch epoch)
    {
        if (_running.TryGetValue(number, out var running))
        {
            _running[number] = running with { Last = epoch };
        }

        if (watch.Elapsed - _reported >= BetweenEpochs)
        {
            Report();
        }
    }

    public void Finished(SweepTrial<TOptions> trial)
    {
        _running.Remove(trial.Number);

        // A new list: reports hold the old one.
        _ended = [.. _ended.Append(trial).Order(TrialOrder.By<TOptions>(sweep.Metric))];
        Report();
    }

    private void Report()
    {
        _reported = watch.Elapsed;
        sweep.Progress?.Report(new(sweep.Metric.Name, _ended, [.. _running.Values], sweep.Trials, watch.Elapsed));
    }
}
