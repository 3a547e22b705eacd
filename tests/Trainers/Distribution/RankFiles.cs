using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.GradStability.Tests.Distribution;

/// <summary>A program that writes all there is to write, on every rank, each to names of its own.</summary>
internal static class RankFiles
{
    public static IEnumerable<FitOutcome> Write(ProcessGroup here, string folder, string[] arguments)
    {
        string At(string name) => Path.Combine(folder, $"{here.Rank}-{name}");
        var ml = new MLContext(1);
        var reports = 0;
        var lines = 0;
        ml.Log += (_, e) => lines += e.Kind is ChannelMessageKind.Info or ChannelMessageKind.Warning && e.Source.Contains("NeuralNetwork", StringComparison.Ordinal) ? 1 : 0;
        var data = Samples.RingsView(ml, 97);
        var model = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            LabelColumnName = "Ring",
            Epochs = 2,
            Progress = new Count(() => reports++),
            Checkpoints = new(At("checkpoints")),
            Callbacks = [Callback.Csv(At("epochs.csv")), Callback.TensorBoard(At("runs"))],
            Distribution = DataParallel.Mpi(),
        }).Fit(data);
        ml.Model.SaveSafely(model, data.Schema, At("model.zip"));
        TrainingReport.Of(model).SaveHtml(At("report.html"));
        model.Model.Training!.SaveCsv(At("result.csv"));
        model.Model.Training.SaveTensorBoard(At("result"));

        // The first one's file is there for all of them.
        here.Barrier();
        var loaded = ml.Model.LoadSafely(Path.Combine(folder, "0-model.zip"), out _);
        var same = Scores(loaded).SequenceEqual(Scores(model));
        yield return new FitOutcome("files", [], model.Model.Training, [], [reports.ToString(CultureInfo.InvariantCulture), lines.ToString(CultureInfo.InvariantCulture), $"{same}"], null);

        IEnumerable<float> Scores(ITransformer by) =>
            ml.Data.CreateEnumerable<Scored>(by.Transform(data), reuseRowObject: false, ignoreMissingColumns: true).SelectMany(row => row.Score);
    }

    private sealed class Count(Action count) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => count();
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
