using System.Text.Json.Serialization;

namespace MLNet.GradStability.Benchmarks.Hostile;

/// <summary>What one training came to.</summary>
/// <param name="Task">The task.</param>
/// <param name="Recipe">How it was trained.</param>
/// <param name="Seed">Seed of split and training.</param>
/// <param name="Metric">The metric on held-out rows; NaN when the network gives none.</param>
/// <param name="Reference">That of a shallow, healthy net on healthy rows of the same seed.</param>
/// <param name="Solved">Whether the metric reaches the task's share of the reference.</param>
/// <param name="Explosions">Steps that were found broken: the guard's incidents, or losses and gradients that were not finite.</param>
/// <param name="Recoveries">Skips, roll-backs and repairs after which the training went on.</param>
internal sealed record Outcome(
    [property: JsonPropertyName("task")] string Task,
    [property: JsonPropertyName("recipe")] string Recipe,
    [property: JsonPropertyName("seed")] int Seed,
    [property: JsonPropertyName("metric")] double Metric,
    [property: JsonPropertyName("reference")] double Reference,
    [property: JsonPropertyName("solved")] bool Solved,
    [property: JsonPropertyName("explosions")] long Explosions,
    [property: JsonPropertyName("recoveries")] long Recoveries);
