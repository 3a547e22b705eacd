using System.Text.Json.Serialization;

namespace MLNet.GradStability.Benchmarks.Quality;

/// <summary>What all trainings of a task came to.</summary>
/// <param name="Data">The task.</param>
/// <param name="Measure">accuracy, RMSE or MSE.</param>
/// <param name="Ours">Mean over seeds and folds.</param>
/// <param name="Deviation">Standard deviation of the seeds' means.</param>
/// <param name="Bar">The bar.</param>
/// <param name="Peer">The same mean of scikit-learn's multilayer perceptron; null without one.</param>
/// <param name="PeerLinear">The same of its logistic or ridge regression.</param>
/// <param name="Met">Whether ours reaches the bar.</param>
internal sealed record QualityOutcome(
    [property: JsonPropertyName("data")] string Data,
    [property: JsonPropertyName("measure")] string Measure,
    [property: JsonPropertyName("ours")] double Ours,
    [property: JsonPropertyName("deviation")] double Deviation,
    [property: JsonPropertyName("bar")] double Bar,
    [property: JsonPropertyName("peer")] double? Peer,
    [property: JsonPropertyName("peerLinear")] double? PeerLinear,
    [property: JsonPropertyName("met")] bool Met)
{
    /// <summary>Sums up the trainings of one task.</summary>
    public static QualityOutcome Of(QualityTask task, IReadOnlyCollection<QualityTrial> trainings)
    {
        var seeds = trainings.GroupBy(training => training.Seed).Select(seed => seed.Average(training => training.Ours)).ToList();
        var ours = seeds.Average();
        var peers = trainings.Where(training => training.Peers is not null).Select(training => training.Peers!.Value).ToList();
        return new(
            task.Name,
            task.Measure == Quality.Measure.Accuracy ? "accuracy" : task.Measure.ToString().ToUpperInvariant(),
            ours,
            Math.Sqrt(seeds.Average(seed => (seed - ours) * (seed - ours))),
            task.Bar,
            peers.Count == 0 ? null : peers.Average(peer => peer.Mlp),
            peers.Count == 0 ? null : peers.Average(peer => peer.Linear),
            task.IsMet(ours));
    }
}
