namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>From the end of backward to the end of the step: finite check, global norm, clip and Adam.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Net">The network.</param>
/// <param name="Batch">Rows a batch.</param>
/// <param name="Steps">Steps a turn.</param>
/// <param name="Goal">The goal of the ratio.</param>
internal sealed record ChainCase(string Name, NetSpec Net, int Batch, int Steps, Goal? Goal) : SpeedCase(Name)
{
    public override IEnumerable<SpeedOutcome> Measure(SpeedBench bench)
    {
        var steps = bench.Of(Steps, 2);
        var data = bench.Ml.Data.Cache(RandomRows.Create(bench.Ml, Batch * steps, Net.Features, NetSpec.Classes));
        var turns = bench.TakeTurns(
            () =>
            {
                var clock = new StepClock();
                var options = Training.Options(Net, Batch) with { Regularizer = clock.Start, Constraint = clock.End };
                bench.Ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(data).Dispose();
                return clock.Times.Median();
            },
            () => bench.Ask(new { @do = "chain", threads = bench.Threads, net = Net, batch = Batch, steps }));
        yield return SpeedOutcome.Beside(Name, "µs", Goal, turns[0], turns[1]);
    }
}
