using System.Diagnostics;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>Rows a second through <c>Transform</c>, probabilities read row by row, beside PyTorch's batched forward.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Net">The network.</param>
/// <param name="Rows">Rows a turn.</param>
/// <param name="PeerBatch">Rows a batch of the peer.</param>
/// <param name="Goal">The goal of the ratio.</param>
internal sealed record ScoringCase(string Name, NetSpec Net, int Rows, int PeerBatch, Goal? Goal) : SpeedCase(Name)
{
    public override IEnumerable<SpeedOutcome> Measure(SpeedBench bench)
    {
        var rows = bench.Of(Rows, 2);
        var data = bench.Ml.Data.Cache(RandomRows.Create(bench.Ml, rows, Net.Features, NetSpec.Classes));
        using var model = bench.Ml.MulticlassClassification.Trainers.NeuralNetwork(Training.Options(Net, 128)).Fit(bench.Ml.Data.TakeRows(data, 256));
        var turns = bench.TakeTurns(
            () =>
            {
                var scored = model.Transform(data);
                var start = Stopwatch.GetTimestamp();
                return Read(scored) / Stopwatch.GetElapsedTime(start).TotalSeconds;
            },
            () => bench.Ask(new { @do = "forward", threads = bench.Threads, net = Net, rows, batch = PeerBatch }));
        yield return SpeedOutcome.Beside(Name, "rows/s", Goal, turns[0], turns[1]);
    }

    /// <summary>Reads all scores.</summary>
    /// <returns>How many.</returns>
    public static long Read(Microsoft.ML.IDataView scored)
    {
        var column = scored.Schema["Score"];
        using var cursor = scored.GetRowCursor([column]);
        var score = cursor.GetGetter<VBuffer<float>>(column);
        var (count, values) = (0L, default(VBuffer<float>));
        while (cursor.MoveNext())
        {
            score(ref values);
            count++;
        }

        return count;
    }
}
