using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>What the trials of a sweep are judged by, by task; the first is the usual one.</summary>
internal static class Metrics
{
    private static readonly Dictionary<TaskKind, (string Name, Func<string, SweepMetric> Of)[]> ByTask = new()
    {
        [TaskKind.Multiclass] = [("accuracy", SweepMetric.Accuracy), ("macro-accuracy", SweepMetric.MacroAccuracy), ("log-loss", SweepMetric.LogLoss)],
        [TaskKind.Binary] = [("auc", SweepMetric.AreaUnderRocCurve), ("accuracy", SweepMetric.BinaryAccuracy), ("f1", SweepMetric.F1), ("log-loss", SweepMetric.BinaryLogLoss)],
        [TaskKind.Regression] = [("rmse", SweepMetric.Rmse), ("mae", SweepMetric.MeanAbsoluteError), ("r2", SweepMetric.RSquared)],
    };

    /// <exception cref="CliException">The task has no such metric.</exception>
    public static SweepMetric Find(TaskKind task, string? name, string label)
    {
        var metrics = ByTask[task];
        var names = string.Join(", ", metrics.Select(metric => metric.Name));
        var found = name is null ? metrics[0] : metrics.FirstOrDefault(metric => metric.Name == name);
        return found.Of is null
            ? throw CliException.Usage($"--metric must be one of {names} for this task; got \"{name}\". Leave it out for {metrics[0].Name}.")
            : found.Of(label);
    }
}
