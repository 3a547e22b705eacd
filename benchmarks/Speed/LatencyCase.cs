using System.Diagnostics;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>One row at a time through a <c>PredictionEngine</c>: median beside PyTorch's forward of one row, and the 99th percentile.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Net">The network, over 64 features.</param>
/// <param name="Calls">Calls a turn.</param>
/// <param name="Goal">The goal of the median, in microseconds.</param>
internal sealed record LatencyCase(string Name, NetSpec Net, int Calls, Goal? Goal) : SpeedCase(Name)
{
    private const int Width = 64;

    public override IEnumerable<SpeedOutcome> Measure(SpeedBench bench)
    {
        var calls = bench.Of(Calls, 3);
        var data = RandomRows.Create(bench.Ml, 256, Width, NetSpec.Classes);
        using var model = bench.Ml.MulticlassClassification.Trainers.NeuralNetwork(Training.Options(Net, 128)).Fit(data);
        using var engine = bench.Ml.Model.CreatePredictionEngine<Input, Output>(model, data.Schema);
        var (input, output, slow) = (new Input { Features = [.. Enumerable.Repeat(0.5F, Width)] }, new Output(), new List<double>());
        var turns = bench.TakeTurns(
            () =>
            {
                var times = new double[calls];
                for (var i = 0; i < calls; i++)
                {
                    var start = Stopwatch.GetTimestamp();
                    engine.Predict(input, ref output);
                    times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                }

                slow.Add(times.Order().ElementAt(calls * 99 / 100));
                return times.Median();
            },
            () => bench.Ask(new { @do = "one_row", threads = bench.Threads, net = Net, calls }));
        yield return SpeedOutcome.Alone($"{Name}, median", "µs", Goal, turns[0].Median(), turns[1].Median());
        yield return SpeedOutcome.Alone($"{Name}, 99th percentile", "µs", null, slow.Skip(1).Median());
    }

    private sealed class Input
    {
        [VectorType(Width)]
        public float[] Features { get; set; } = [];

        [KeyType(NetSpec.Classes)]
        public uint Label { get; set; }
    }

    private sealed class Output
    {
        public float[] Score { get; set; } = [];
    }
}
