namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>Managed memory that a training step takes and leaves to the garbage collector: what a run of twice the epochs takes more, a step. Most of it are the handles of tensors.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Net">The network.</param>
/// <param name="Batch">Rows a batch.</param>
/// <param name="Steps">Steps of the shorter run.</param>
internal sealed record AllocationCase(string Name, NetSpec Net, int Batch, int Steps) : SpeedCase(Name)
{
    public override IEnumerable<SpeedOutcome> Measure(SpeedBench bench)
    {
        var steps = bench.Of(Steps, 2);
        var data = bench.Ml.Data.Cache(RandomRows.Create(bench.Ml, Batch * steps, Net.Features, NetSpec.Classes));
        var options = Training.Options(Net, Batch);
        var turns = bench.TakeTurns(() => (Allocated(2) - Allocated(1)) / (double)steps);
        yield return SpeedOutcome.Alone(Name, "bytes/step", null, turns[0].Median());

        long Allocated(int epochs)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            bench.Ml.MulticlassClassification.Trainers.NeuralNetwork(options with { Epochs = epochs }).Fit(data).Dispose();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
