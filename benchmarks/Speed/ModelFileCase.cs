using System.Diagnostics;

namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>Saving and loading a model, and the size of its file beside its parameters.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Net">The network.</param>
internal sealed record ModelFileCase(string Name, NetSpec Net) : SpeedCase(Name)
{
    public override IEnumerable<SpeedOutcome> Measure(SpeedBench bench)
    {
        var data = RandomRows.Create(bench.Ml, 256, Net.Features, NetSpec.Classes);
        using var model = bench.Ml.MulticlassClassification.Trainers.NeuralNetwork(Training.Options(Net, 128)).Fit(data);
        var file = Path.GetTempFileName();
        try
        {
            var turns = bench.TakeTurns(
                () => Milliseconds(() => bench.Ml.Model.Save(model, data.Schema, file)),
                () => Milliseconds(() => ((IDisposable)bench.Ml.Model.Load(file, out _)).Dispose()));
            var peer = bench.Peer?.Ask(new { @do = "files", threads = bench.Threads, net = Net, turns = bench.Turns }).EnumerateArray().Select(time => time.GetDouble()).ToArray();
            var parameters = bench.Ask(new { @do = "parameters", net = Net });
            yield return SpeedOutcome.Alone($"{Name}, save", "ms", null, turns[0].Median(), peer?[0] ?? double.NaN);
            yield return SpeedOutcome.Alone($"{Name}, load", "ms", null, turns[1].Median(), peer?[1] ?? double.NaN);
            yield return SpeedOutcome.Alone($"{Name}, size; peer: its parameters", "KiB", null, new FileInfo(file).Length / 1024.0, parameters * sizeof(float) / 1024);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static double Milliseconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
