using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>What a fit of one epoch does besides its steps, as a share of them: reading, checking, scaling and keeping the rows, and measuring the first weights on some.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Net">The network.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Batch">Rows a batch.</param>
/// <param name="Goal">The goal of the share from memory.</param>
internal sealed record LoadingCase(string Name, NetSpec Net, int Rows, int Batch, Goal? Goal) : SpeedCase(Name)
{
    public override IEnumerable<SpeedOutcome> Measure(SpeedBench bench)
    {
        var rows = bench.Of(Rows, 64);
        var data = RandomRows.Create(bench.Ml, rows, Net.Features, NetSpec.Classes);
        var options = Training.Options(Net, Batch);
        foreach (var outcome in Measure(bench, data, rows, options, "from memory", Goal))
        {
            yield return outcome;
        }

        var file = Path.GetTempFileName();
        try
        {
            Write(data, file);
            var text = bench.Ml.Data.LoadFromTextFile(
                file,
                [
                    new TextLoader.Column("Features", DataKind.Single, 0, Net.Features - 1),
                    new TextLoader.Column("Label", DataKind.UInt32, [new TextLoader.Range(Net.Features)], new KeyCount(NetSpec.Classes)),
                ],
                separatorChar: ',');
            foreach (var outcome in Measure(bench, text, rows, options, "from CSV", null))
            {
                yield return outcome;
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private IEnumerable<SpeedOutcome> Measure(SpeedBench bench, IDataView data, int rows, NeuralNetworkOptions options, string from, Goal? goal)
    {
        bench.Cancellation.ThrowIfCancellationRequested();
        var start = Stopwatch.GetTimestamp();
        using var model = bench.Ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(data);
        var total = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var steps = model.Model.Training!.Epochs.Sum(epoch => epoch.Duration.TotalSeconds);
        yield return SpeedOutcome.Alone($"{Name} {from}: besides the steps", "s; peer: the steps", null, total - steps, steps);
        yield return SpeedOutcome.Alone($"{Name} {from}: share of the steps", "1", goal, (total - steps) / steps);
        yield return SpeedOutcome.Alone($"{Name} {from}: rows", "rows/s", null, rows / (total - steps));
    }

    private static void Write(IDataView data, string file)
    {
        using var writer = new StreamWriter(file);
        using var cursor = data.GetRowCursor(data.Schema);
        var (features, label) = (cursor.GetGetter<VBuffer<float>>(data.Schema["Features"]), cursor.GetGetter<uint>(data.Schema["Label"]));
        var (values, key) = (default(VBuffer<float>), 0U);
        while (cursor.MoveNext())
        {
            features(ref values);
            label(ref key);
            foreach (var value in values.GetValues())
            {
                writer.Write(value.ToString("0.000", CultureInfo.InvariantCulture));
                writer.Write(',');
            }

            // In a text file a key is written one lower than it is kept.
            writer.WriteLine(key - 1);
        }
    }
}
