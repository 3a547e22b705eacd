using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Training;

/// <summary>Bad data gets an error that names the column, what must hold, what was found and what to do; odd but usable data trains.</summary>
public sealed class BadInputTests
{
    private static readonly NeuralNetworkOptions Fast = new() { Network = Network.Mlp([8]), Epochs = 2, Seed = 1 };
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Empty_data() => AssertError(Multiclass([]), "The training data must have at least one row; it has none.", "Check the file");

    [Fact]
    public void A_single_class()
    {
        AssertError(Multiclass(Rows(row => row.Key = 1)), "The label column \"Key\" must hold at least two classes; all 40 rows hold", "split with stratification");
        AssertError(Binary(Rows(row => row.Flag = true)), "The label column \"Flag\" must hold at least two classes; all 40 rows hold true");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_feature_that_is_not_finite(float value) => AssertError(
        Multiclass(Rows((row, i) => row.Features[1] = i == 7 ? value : row.Features[1])),
        $"The column \"Features\", slot 1, must hold finite numbers; row 7 holds {value.ToString(System.Globalization.CultureInfo.InvariantCulture)}.",
        "ReplaceMissingValues");

    [Fact]
    public void A_feature_with_a_name_is_named()
    {
        var rows = _ml.Data.LoadFromEnumerable(Rows((row, i) => row.A = i == 3 ? float.NaN : i));
        var data = _ml.Transforms.Concatenate("Joined", "A", "B").Fit(rows).Transform(rows);
        AssertError(() => _ml.Regression.Trainers.NeuralNetwork(Fast with { FeatureColumnName = "Joined", LabelColumnName = "Number" }).Fit(data), "slot 0 (\"A\")", "row 3 holds NaN");
    }

    [Fact]
    public void A_label_that_is_not_finite() =>
        AssertError(Regression(Rows((row, i) => row.Number = i == 5 ? float.NaN : i)), "The column \"Number\" must hold finite numbers; row 5 holds NaN.", "FilterRowsByMissingValues");

    [Fact]
    public void A_missing_class() =>
        AssertError(Multiclass(Rows((row, i) => row.Key = i == 2 ? 9u : (uint)i % 3)), "The label column \"Key\" must name a known class; row 2 holds a missing or unknown one.", "MapValueToKey");

    [Fact]
    public void Weights_that_cannot_be()
    {
        var options = Fast with { ExampleWeightColumnName = "Weight" };
        AssertError(Regression(Rows((row, i) => row.Weight = i == 1 ? -1 : 1), options), "The example weight column \"Weight\" must hold finite numbers, 0 or greater; row 1 holds -1.");
        AssertError(Regression(Rows(row => row.Weight = 0), options), "must hold a weight above 0; all of them are 0.", "leave ExampleWeightColumnName out");
    }

    [Fact]
    public void Label_columns_of_the_wrong_type()
    {
        AssertError(Multiclass(Rows(), "Number"), "The label column \"Number\" must be a key; it is Single.", "MapValueToKey");
        AssertError(Binary(Rows(), "Number"), "The label column \"Number\" must be Boolean, or a vector of Boolean or Single of known size; it is Single.", "ConvertType");
        AssertError(Regression(Rows(), Fast, "Flag"), "The label column \"Flag\" must be Single, or a vector of Single of known size; it is Boolean.", "ConvertType");
    }

    [Fact]
    public void Columns_that_are_missing()
    {
        AssertError(Regression(Rows(), Fast with { FeatureColumnName = "Nope" }), "NeuralNetworkOptions.FeatureColumnName: the data must have a column \"Nope\"; it has Features, ", "Name an existing column.");
        AssertError(Regression(Rows(), Fast, "Nope"), "NeuralNetworkOptions.LabelColumnName: the data must have a column \"Nope\"");
        AssertError(Regression(Rows(), Fast with { ExampleWeightColumnName = "Nope" }), "NeuralNetworkOptions.ExampleWeightColumnName");
    }

    [Theory]
    [InlineData("Doubles", "Double", "ConvertType")]
    [InlineData("Variable", "Single", "known size")]
    public void Feature_columns_of_the_wrong_type(string column, string type, string remedy) =>
        AssertError(Regression(Rows(), Fast with { FeatureColumnName = column }), $"The feature column \"{column}\" must be Single, a key, or a vector of either of known size; it is", type, remedy);

    [Fact]
    public void The_same_errors_come_before_fitting_from_the_schema_shape()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows());
        var pipeline = _ml.Transforms.CopyColumns("Copy", "Number").Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(Fast with { LabelColumnName = "Copy" }));
        AssertError(() => pipeline.Fit(data), "The label column \"Copy\" must be a key");
        var variable = _ml.Transforms.CopyColumns("Copy", "Variable").Append(_ml.Regression.Trainers.NeuralNetwork(Fast with { FeatureColumnName = "Copy", LabelColumnName = "Number" }));
        AssertError(() => variable.Fit(data), "The feature column \"Copy\" must be Single, a key, or a vector of either of known size");
    }

    [Fact]
    public void Constant_features_and_labels_train()
    {
        using var model = _ml.Regression.Trainers.NeuralNetwork(Fast with { LabelColumnName = "Number", Epochs = 100, Optimizer = Optimizer.Adam(0.01) })
            .Fit(_ml.Data.LoadFromEnumerable(Rows(row =>
            {
                row.Features = [1, 1];
                row.Number = 42;
            })));
        var score = _ml.Data.CreateEnumerable<Output>(model.Transform(_ml.Data.LoadFromEnumerable(Rows(row => row.Features = [1, 1]))), false).First().Score;
        Assert.Equal(42, score, 0.5f);
    }

    [Fact]
    public void A_batch_larger_than_the_data_takes_all_rows()
    {
        using var model = _ml.Regression.Trainers.NeuralNetwork(Fast with { LabelColumnName = "Number", BatchSize = 1_000_000 }).Fit(_ml.Data.LoadFromEnumerable(Rows()));
        Assert.Equal(2, model.Model.Training!.Steps);
    }

    [Fact]
    public void Another_number_of_features_at_scoring()
    {
        using var model = _ml.Regression.Trainers.NeuralNetwork(Fast with { LabelColumnName = "Number" }).Fit(_ml.Data.LoadFromEnumerable(Rows()));
        var wide = _ml.Data.LoadFromEnumerable(new[] { new Wide { Features = [1, 2, 3] } });
        AssertError(() => model.Transform(wide), "The feature column \"Features\" must be a vector of 2 Single, as in training; it is Vector<Single, 3>", "Score with the columns that the model was trained with.");
    }

    private static void AssertError(Action act, params string[] parts)
    {
        var error = Assert.ThrowsAny<Exception>(act);
        Assert.True(error is ArgumentException or InvalidOperationException, error.ToString());
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    private static List<Row> Rows(Action<Row>? change = null) => Rows((row, _) => change?.Invoke(row));

    private static List<Row> Rows(Action<Row, int> change) =>
    [
        .. Enumerable.Range(0, 40).Select(i =>
        {
            var row = new Row { Features = [i, -i], Key = (uint)i % 3, Flag = i % 2 == 0, Number = i, A = i, B = i, Variable = [i], Doubles = [i, i], Weight = 1 };
            change(row, i);
            return row;
        }),
    ];

    private Action Multiclass(List<Row> rows, string label = "Key") =>
        () => _ml.MulticlassClassification.Trainers.NeuralNetwork(Fast with { LabelColumnName = label }).Fit(_ml.Data.LoadFromEnumerable(rows));

    private Action Binary(List<Row> rows, string label = "Flag") =>
        () => _ml.BinaryClassification.Trainers.NeuralNetwork(Fast with { LabelColumnName = label }).Fit(_ml.Data.LoadFromEnumerable(rows));

    private Action Regression(List<Row> rows, NeuralNetworkOptions? options = null, string label = "Number") =>
        () => _ml.Regression.Trainers.NeuralNetwork((options ?? Fast) with { LabelColumnName = label }).Fit(_ml.Data.LoadFromEnumerable(rows));

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Key { get; set; }

        public bool Flag { get; set; }

        public float Number { get; set; }

        public float A { get; set; }

        public float B { get; set; }

        public float[] Variable { get; set; } = [];

        [VectorType(2)]
        public double[] Doubles { get; set; } = [];

        public float Weight { get; set; }
    }

    private sealed class Wide
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Output
    {
        public float Score { get; set; }
    }
}
