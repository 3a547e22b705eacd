using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.GradStability.Tests.Networks;

namespace MLNet.GradStability.Tests.Inputs;

/// <summary>Trainers over several columns of numbers and keys: saved and loaded, row by row, in folds, with validation rows, resumed, in any task.</summary>
public class MixedColumnTests
{
    private static readonly NeuralNetworkOptions Options = MixedRow.Options;

    private static readonly Dictionary<string, Func<MLContext, NeuralNetworkOptions, NeuralNetworkTrainer>> Tasks = new()
    {
        ["Class"] = (ml, options) => ml.MulticlassClassification.Trainers.NeuralNetwork(options),
        ["Flag"] = (ml, options) => ml.BinaryClassification.Trainers.NeuralNetwork(options),
        ["Flags"] = (ml, options) => ml.BinaryClassification.Trainers.NeuralNetwork(options),
        ["Number"] = (ml, options) => ml.Regression.Trainers.NeuralNetwork(options),
        ["Pair"] = (ml, options) => ml.Regression.Trainers.NeuralNetwork(options),
    };

    private static readonly Dictionary<string, Network> Networks = new()
    {
        ["mlp"] = Options.Network,
        ["tabular"] = Network.TabularResNet(8, 1),
        ["transformer"] = Network.TabularTransformer(8, 2, 2),
        ["custom"] = OwnNets.Registered(),
        ["custom record"] = OwnNets.Record(7),
    };

    private readonly MLContext _ml = new(1);

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (task, network) in Tasks.Keys.SelectMany(_ => Networks.Keys, (task, network) => (task, network)))
            {
                cases.Add(task, network);
            }

            return cases;
        }
    }

    public static TheoryData<string> NetworkCases => [.. Networks.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_loaded_model_scores_as_the_saved_one_and_so_does_PredictionEngine(string label, string network)
    {
        var rows = MixedRow.View(_ml);
        using var model = Fit(label, network, rows);
        using var folder = new TemporaryFolder();
        var file = Path.Combine(Directory.CreateDirectory(folder.Path).FullName, "model.zip");
        _ml.Model.SaveSafely(model, rows.Schema, file);
        var fresh = new MLContext(2).UseGradStability();
        using var loaded = (NeuralNetworkTransformer)fresh.Model.Load(file, out _);

        Assert.Equal(Scores(model.Transform(rows)), Scores(loaded.Transform(MixedRow.View(fresh))));
        Assert.Equal(8, model.Model.InputSize);
        Assert.Equal((model.FeatureColumnName, model.FeatureColumnType), (loaded.FeatureColumnName, loaded.FeatureColumnType));

        var singles = label is "Pair" or "Flags" or "Class" ? Predicted<Several>(loaded).Select(row => row.Score) : Predicted<One>(loaded).Select(row => new[] { row.Score });
        Support.AssertClose([.. Scores(model.Transform(rows)).Take(30 * model.Model.OutputSize)], [.. singles.SelectMany(score => score).Select(number => (double)number)], 1e-5);
    }

    [Theory]
    [MemberData(nameof(NetworkCases))]
    public void The_same_seed_gives_the_same_scores_in_memory_and_streamed(string network)
    {
        var rows = MixedRow.View(_ml, 300);
        using var first = Fit("Number", network, rows);
        using var second = Fit("Number", network, rows);

        Assert.Equal(Scores(first.Transform(rows)), Scores(second.Transform(rows)));
        Assert.Equal(0, first.Model.Training!.SkippedSteps);
    }

    [Fact]
    public void It_can_be_cross_validated()
    {
        var folds = _ml.Regression.CrossValidate(MixedRow.View(_ml, 300), _ml.Regression.Trainers.NeuralNetwork(Options with { LabelColumnName = "Number", Epochs = 40 }), 3, "Number");

        Assert.All(folds, fold => Assert.True(fold.Metrics.RSquared > 0.5, $"{fold.Metrics.RSquared}"));
        Assert.All(folds, fold => (fold.Model as IDisposable)?.Dispose());
    }

    [Fact]
    public void Every_column_counts()
    {
        // The columns come in any order; each tells a part of the number.
        var options = Options with { LabelColumnName = "Number", FeatureColumnName = "City", AdditionalFeatureColumnNames = ["Marks", "Sizes", "Age"], Epochs = 150, Network = Network.Mlp([32]) };
        using var model = _ml.Regression.Trainers.NeuralNetwork(options).Fit(MixedRow.View(_ml, 600));
        var error = _ml.Regression.Evaluate(model.Transform(MixedRow.View(_ml, 300, seed: 2)), "Number").RootMeanSquaredError;
        Assert.True(error < 1.5, $"{error}");
        Assert.Equal(new KeyDataViewType(typeof(uint), MixedRow.Cities), model.FeatureColumnType);

        foreach (var missing in new[] { "City", "Marks", "Age" })
        {
            var fewer = options with { FeatureColumnName = missing == "City" ? "Sizes" : "City", AdditionalFeatureColumnNames = [.. new[] { "Marks", "Age" }.Where(name => name != missing)] };
            using var without = _ml.Regression.Trainers.NeuralNetwork(fewer).Fit(MixedRow.View(_ml, 600));
            Assert.InRange(_ml.Regression.Evaluate(without.Transform(MixedRow.View(_ml, 300, seed: 2)), "Number").RootMeanSquaredError, 1.5 * error, 100);
        }
    }

    [Fact]
    public void The_importance_of_the_first_column_can_be_taken()
    {
        var rows = MixedRow.View(_ml, 300, change: (row, _) => row.Number = row.Sizes[0]);
        using var model = _ml.Regression.Trainers.NeuralNetwork(Options with { LabelColumnName = "Number", Epochs = 40 }).Fit(rows);
        var rise = _ml.Regression.PermutationFeatureImportance(model, rows, "Number", permutationCount: 2).Select(metric => metric.RootMeanSquaredError.Mean).ToArray();

        Assert.True(rise.Length == 2 && rise[0] > 5 && rise[1] < rise[0] / 4, string.Join(" ", rise));
    }

    [Fact]
    public void Validation_rows_are_measured_and_checked()
    {
        using var model = _ml.Regression.Trainers.NeuralNetwork(Options with { LabelColumnName = "Number", ValidationFraction = 0.2, EarlyStopping = new(patience: 2) }).Fit(MixedRow.View(_ml));
        Assert.True(double.IsFinite(model.Model.Training!.FinalValidation!.Loss));

        var trainer = _ml.Regression.Trainers.NeuralNetwork(Options with { LabelColumnName = "Number", FeatureColumnName = "Key", AdditionalFeatureColumnNames = [] });
        var data = Texts("a", "b", "c");
        var mapping = _ml.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(data);
        var error = Assert.Throws<ArgumentException>(() => trainer.Fit(mapping.Transform(data), _ml.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(Texts("c", "b", "a")).Transform(data)));
        Assert.Equal("Validation data: The feature column \"Key\" must be a key of the same values, as in the training data; it is one of others. Put both through the same fitted transforms.", error.Message.Split(" (Parameter")[0]);
        trainer.Fit(mapping.Transform(data), mapping.Transform(data)).Dispose();
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("tabular")]
    [InlineData("transformer")]
    public void A_cancelled_training_goes_on_bit_for_bit(string network)
    {
        var options = Options with { LabelColumnName = "Number", Network = Networks[network], ValidationFraction = 0.2, Averaging = WeightAveraging.Ema(0.9) };
        var rows = MixedRow.View(_ml, change: (row, i) => row.City = i % 7 == 0 ? 99 : row.City);
        using var folder = new TemporaryFolder();
        using var whole = _ml.Regression.Trainers.NeuralNetwork(options).Fit(rows);
        using var stop = new CancellationTokenSource();
        var resumed = options with { Checkpoints = new(folder.Path) { EverySteps = 2 } };
        _ml.Regression.Trainers.NeuralNetwork(resumed with { CancellationToken = stop.Token, Callbacks = [Callback.On(stepEnded: (_, step) => Cancel(step.Step))] }).Fit(rows).Dispose();
        using var model = _ml.Regression.Trainers.NeuralNetwork(resumed).Fit(rows);

        Assert.Equal(Scores(whole.Transform(rows)), Scores(model.Transform(rows)));
        Assert.Equal(whole.Model.Training!.FinalValidation, model.Model.Training!.FinalValidation);

        void Cancel(long step)
        {
            if (step == 7)
            {
                stop.Cancel();
            }
        }
    }

    private NeuralNetworkTransformer Fit(string label, string network, IDataView rows) =>
        Tasks[label](_ml, Options with { LabelColumnName = label, Network = Networks[network] }).Fit(rows);

    private IDataView Texts(params string[] texts) =>
        _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new Named { Text = texts[i % texts.Length], Number = i % texts.Length }).ToList());

    private List<T> Predicted<T>(NeuralNetworkTransformer model)
        where T : class, new()
    {
        using var engine = _ml.Model.CreatePredictionEngine<MixedRow, T>(model);
        return [.. MixedRow.Some(90).Take(30).Select(engine.Predict)];
    }

    private double[] Scores(IDataView rows) => rows.Schema["Score"].Type is VectorDataViewType
        ? [.. rows.GetColumn<float[]>("Score").SelectMany(score => score).Select(number => (double)number)]
        : [.. rows.GetColumn<float>("Score").Select(number => (double)number)];

    private sealed class One
    {
        public float Score { get; set; }
    }

    private sealed class Several
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class Named
    {
        public string Text { get; set; } = string.Empty;

        public float Number { get; set; }
    }
}
