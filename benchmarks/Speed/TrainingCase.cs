namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>Whole training steps a second, beside the usual loop of PyTorch.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Net">The network.</param>
/// <param name="Batch">Rows a batch.</param>
/// <param name="Steps">Steps a turn.</param>
/// <param name="Goal">The goal of the ratio.</param>
/// <param name="Accumulate">Batches a step.</param>
internal sealed record TrainingCase(string Name, NetSpec Net, int Batch, int Steps, Goal? Goal, int Accumulate = 1) : SpeedCase(Name)
{
    public override IEnumerable<SpeedOutcome> Measure(SpeedBench bench)
    {
        var steps = bench.Of(Steps, 2);
        var data = bench.Ml.Data.Cache(RandomRows.Create(bench.Ml, Batch * Accumulate * steps, Net.Features, NetSpec.Classes));
        var options = Training.Options(Net, Batch) with { AccumulationSteps = Accumulate };
        var turns = bench.TakeTurns(
            () => Training.StepsPerSecond(bench.Ml, data, options),
            () => bench.Ask(new { @do = "train", threads = bench.Threads, net = Net, batch = Batch, steps, accumulate = Accumulate }));
        yield return SpeedOutcome.Beside(Name, "steps/s", Goal, turns[0], turns[1]);
    }
}
