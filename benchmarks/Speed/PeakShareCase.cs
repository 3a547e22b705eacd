using System.Diagnostics;
using static TorchSharp.torch;

namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>Share of this machine's matrix-product speed that whole training steps of a perceptron reach: floating-point operations of its products a second, over those of a large product.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Net">The perceptron.</param>
/// <param name="Batch">Rows a batch.</param>
/// <param name="Steps">Steps a turn.</param>
internal sealed record PeakShareCase(string Name, NetSpec Net, int Batch, int Steps) : SpeedCase(Name)
{
    private const long Side = 2048;

    public override IEnumerable<SpeedOutcome> Measure(SpeedBench bench)
    {
        var steps = bench.Of(Steps, 2);
        var data = bench.Ml.Data.Cache(RandomRows.Create(bench.Ml, Batch * steps, Net.Features, NetSpec.Classes));
        var side = bench.Of((int)Side, 64);
        var turns = bench.TakeTurns(() => Training.StepsPerSecond(bench.Ml, data, Training.Options(Net, Batch)) * Operations / 1e9, () => ProductSpeed(side) / 1e9);
        yield return SpeedOutcome.Beside(Name, "GFLOP/s, peer: sgemm", null, turns[0], turns[1]);
    }

    /// <summary>Two for each weight and row going forward, two for its gradient, and two for that of its inputs, which the first layer does not need.</summary>
    private double Operations
    {
        get
        {
            int[] sizes = [Net.Features, .. Net.Hidden, NetSpec.Classes];
            var weights = sizes.Zip(sizes.Skip(1), (inputs, outputs) => (double)inputs * outputs).ToArray();
            return 2.0 * Batch * ((3 * weights.Sum()) - weights[0]);
        }
    }

    private static double ProductSpeed(int side)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (rand(side, side), rand(side, side));
        var start = Stopwatch.GetTimestamp();
        a.mm(b);
        return 2.0 * side * side * side / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
