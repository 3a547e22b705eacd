namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>What options cost: time of a step with one, over the time of a step without, in the same turns.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Net">The network.</param>
/// <param name="Batch">Rows a batch.</param>
/// <param name="Steps">Steps a turn.</param>
/// <param name="Without">Takes away from the shared options.</param>
/// <param name="Features">What is added to that, and how much slower that may be.</param>
internal sealed record FeatureCostCase(
    string Name, NetSpec Net, int Batch, int Steps, Func<NeuralNetworkOptions, NeuralNetworkOptions> Without, IReadOnlyList<PricedFeature> Features) : SpeedCase(Name)
{
    private const int BatchesPerEpoch = 50;

    // Differences of a hundredth are lost in fewer turns.
    private const int MoreTurns = 3;

    public override IEnumerable<SpeedOutcome> Measure(SpeedBench bench)
    {
        var steps = bench.Of(Steps, 2);
        var batches = Math.Min(steps, BatchesPerEpoch);
        var data = bench.Ml.Data.Cache(RandomRows.Create(bench.Ml, Batch * batches, Net.Features, NetSpec.Classes));
        var bare = Without(Training.Options(Net, Batch)) with { Epochs = steps / batches };
        var turns = bench.TakeTurns(MoreTurns * bench.Turns, [() => Microseconds(bare), .. Features.Select(feature => (Func<double>)(() => Microseconds(feature.Add(bare))))]);
        return Features.Select((feature, i) => SpeedOutcome.Beside($"{Name}: {feature.Name}", "µs/step", feature.Goal, turns[i + 1], turns[0]));

        double Microseconds(NeuralNetworkOptions options) => 1e6 / Training.StepsPerSecond(bench.Ml, data, options);
    }
}
