using System.Diagnostics;
using static TorchSharp.torch;

namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>
/// Whole training steps a second, beside the usual loop of PyTorch; where there is a goal also forward and backward passes alone, which no loop around them can make
/// faster: the ratio that they would reach is the most that a step can.
/// </summary>
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
        Func<double> ours = () => Training.StepsPerSecond(bench.Ml, data, options);
        Func<double> peer = () => bench.Ask(new { @do = "train", threads = bench.Threads, net = Net, batch = Batch, steps, accumulate = Accumulate });
        var turns = Goal is null ? bench.TakeTurns(ours, peer) : bench.TakeTurns(ours, peer, () => PassesAlone(steps));
        yield return SpeedOutcome.Beside(Name, "steps/s", Goal, turns[0], turns[1]);
        if (Goal is not null)
        {
            yield return SpeedOutcome.Beside($"{Name}: forward and backward alone", "steps/s", null, turns[2], turns[1]);
        }
    }

    /// <summary>Steps a second that are forward, loss and backward on a batch at hand, and nothing else.</summary>
    private double PassesAlone(int steps)
    {
        // Layers that are made draw from the process-wide random state, and so does rand.
        using var random = new GlobalRandomScope(1);
        using var network = Net.Network.Build(Net.Features, NetSpec.Classes, null);
        using var flat = new FlatParameters(network);
        using var rows = rand(Batch, Net.Features);
        using var targets = zeros(Batch, ScalarType.Int64);
        var start = Stopwatch.GetTimestamp();
        for (var pass = 0; pass < steps * Accumulate; pass++)
        {
            using var scope = NewDisposeScope();
            nn.functional.cross_entropy(network.call(rows), targets).backward();
        }

        return steps / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
