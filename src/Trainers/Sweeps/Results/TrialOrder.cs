namespace MLNet.GradStability;

/// <summary>The order of trials: completed ones by their metric, then the others by state, epochs reached and metric; equal ones by number.</summary>
internal static class TrialOrder
{
    public static IComparer<SweepTrial<TOptions>> By<TOptions>(SweepMetric metric) => Comparer<SweepTrial<TOptions>>.Create((a, b) =>
    {
        var byState = a.State.CompareTo(b.State);
        var byEpochs = a.State == TrialState.Completed ? 0 : b.Epochs.CompareTo(a.Epochs);
        var byMetric = metric.Loss(a.Metric).CompareTo(metric.Loss(b.Metric));
        return byState != 0 ? byState : byEpochs != 0 ? byEpochs : byMetric != 0 ? byMetric : a.Number.CompareTo(b.Number);
    });
}
