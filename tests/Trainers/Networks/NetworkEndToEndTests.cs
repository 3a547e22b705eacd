using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;

namespace MLNet.GradStability.Tests.Networks;

/// <summary>Every kind of network as an ML.NET trainer: fitted, saved, loaded in a fresh context, cross-validated.</summary>
public class NetworkEndToEndTests
{
    private static readonly Dictionary<string, Network> Table = new()
    {
        ["mlp"] = Network.Mlp([8, 4]),
        ["cnn"] = Network.Cnn([1, 4, 4], [Layer.Conv(4, 3), Layer.MaxPool(2), Layer.Flatten(), Layer.Dropout(0.1), Layer.Dense(6)], normalization: Normalization.Batch()),
        ["resnet"] = Network.ResNet(10, [1, 4, 4], width: 2),
        ["rnn"] = Network.Recurrent(RecurrentCell.Rnn, [8, 2], 4, layers: 2, dropout: 0.1),
        ["irnn"] = Network.Recurrent(RecurrentCell.Irnn, [8, 2], 4, outputs: SequenceOutput.Mean),
        ["gru"] = Network.Recurrent(RecurrentCell.Gru, [4, 4], 4, outputs: SequenceOutput.All),
        ["lstm"] = Network.Recurrent(RecurrentCell.Lstm, [4, 4], 4, bidirectional: true),
        ["tabular"] = Network.TabularResNet(8, 2),
        ["tabular transformer"] = Network.TabularTransformer(8, 2, 2, residualDropout: 0.1),
        ["custom"] = OwnNets.Registered(),
        ["custom with batch norm and dropout"] = OwnNets.Mixed(),
        ["custom record"] = OwnNets.Record(7),
    };

    public static TheoryData<string> Cases => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_loaded_model_scores_as_the_saved_one(string kind)
    {
        var ml = new MLContext(1);
        var rows = Rows(ml);
        using var model = Trainer(ml, kind).Fit(rows);
        using var folder = new TemporaryFolder();
        var file = Path.Combine(Directory.CreateDirectory(folder.Path).FullName, "model.zip");
        ml.Model.SaveSafely(model, rows.Schema, file);

        var fresh = new MLContext(2);
        fresh.UseGradStability();
        using var loaded = (NeuralNetworkTransformer)fresh.Model.LoadSafely(file, out _);

        Assert.Equal(Scores(ml, model.Transform(rows)), Scores(fresh, loaded.Transform(Rows(fresh))));
        Assert.Equal(Table[kind], loaded.Model.Options.Network);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_same_seed_gives_the_same_scores(string kind)
    {
        var ml = new MLContext(1);
        using var first = Trainer(ml, kind).Fit(Rows(ml));
        using var second = Trainer(ml, kind).Fit(Rows(ml));

        Assert.Equal(0, first.Model.Training!.SkippedSteps);
        Assert.Equal(Scores(ml, first.Transform(Rows(ml))), Scores(ml, second.Transform(Rows(ml))));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_can_be_cross_validated(string kind)
    {
        var ml = new MLContext(1);
        var folds = ml.MulticlassClassification.CrossValidate(Rows(ml), Trainer(ml, kind), numberOfFolds: 2);

        Assert.Equal(2, folds.Count);
        Assert.All(folds, fold => Assert.True(double.IsFinite(fold.Metrics.LogLoss)));
        Assert.All(folds, fold => (fold.Model as IDisposable)?.Dispose());
    }

    /// <summary>Counts tensors, of which nothing else may make any meanwhile.</summary>
    [Collection(nameof(Alone))]
    public sealed class Tensors
    {
        [Theory]
        [MemberData(nameof(Cases), MemberType = typeof(NetworkEndToEndTests))]
        public void A_fit_leaves_no_tensor_behind(string kind)
        {
            var ml = new MLContext(1);
            Trainer(ml, kind).Fit(Rows(ml)).Dispose();
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            Trainer(ml, kind).Fit(Rows(ml)).Dispose();

            Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
    }

    private static MulticlassNeuralNetworkTrainer Trainer(MLContext ml, string kind) =>
        ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions { Network = Table[kind], Epochs = 2, BatchSize = 16, Seed = 3 });

    private static IDataView Rows(MLContext ml)
    {
        var random = new Random(1);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, 65).Select(i => new Row
        {
            Features = [.. Enumerable.Range(0, 16).Select(_ => (float)random.NextDouble() + (i % 3))],
            Label = (uint)(i % 3),
        }).ToList());
    }

    private static float[] Scores(MLContext ml, IDataView rows) =>
        [.. ml.Data.CreateEnumerable<Scored>(rows, reuseRowObject: false).SelectMany(row => row.Score)];

    private sealed class Row
    {
        [VectorType(16)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
