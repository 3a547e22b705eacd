using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Tasks;

/// <summary>
/// The columns announced before fitting and those delivered afterwards, with their annotations. The expected lists are what ML.NET's own
/// SdcaMaximumEntropy, SdcaLogisticRegression and Sdca regression give.
/// </summary>
public sealed class SchemaTests
{
    private const string CommonShape = "ScoreColumnKind Scalar String, ScoreColumnSetId Scalar UInt32 key, ScoreValueKind Scalar String";
    private const string Common = "ScoreColumnKind String, ScoreColumnSetId Key<UInt32, 0-2147483646>, ScoreValueKind String";
    private static readonly NeuralNetworkOptions Fast = new() { Network = Network.Mlp([4]), Epochs = 1 };
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Multiclass_with_named_classes()
    {
        var (shape, schema) = Columns(
            Samples.Iris(_ml), _ml.Transforms.Conversion.MapValueToKey("Label").Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(Fast)));
        Assert.Equal(
            [
                "PredictedLabel Scalar UInt32 key: KeyValues Vector String, " + CommonShape,
                "Score Vector Single: " + CommonShape + ", SlotNames Vector String, TrainingLabelValues Vector String",
            ],
            shape);
        Assert.Equal(
            [
                "PredictedLabel Key<UInt32, 0-2>: KeyValues Vector<String, 3>, " + Common,
                "Score Vector<Single, 3>: " + Common + ", SlotNames Vector<String, 3>, TrainingLabelValues Vector<String, 3>",
            ],
            schema);
    }

    [Fact]
    public void Multiclass_with_numbered_classes()
    {
        var data = _ml.Data.LoadFromEnumerable(Samples.Rings(60).Select(point => new Numbered { Features = point.Features, Label = point.Ring }));
        var (shape, schema) = Columns(data, _ml.Transforms.Conversion.MapValueToKey("Label").Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(Fast)));
        Assert.Equal(
            [
                "PredictedLabel Scalar UInt32 key: KeyValues Vector Single, " + CommonShape,
                "Score Vector Single: " + CommonShape + ", TrainingLabelValues Vector Single",
            ],
            shape);
        Assert.Equal("Score Vector<Single, 3>: " + Common + ", TrainingLabelValues Vector<Single, 3>", schema[1]);
    }

    [Fact]
    public void Binary()
    {
        var (shape, schema) = Columns(Samples.BreastCancer(_ml), _ml.BinaryClassification.Trainers.NeuralNetwork(Fast));
        Assert.Equal(
            [
                "PredictedLabel Scalar Boolean: " + CommonShape,
                "Probability Scalar Single: IsNormalized Scalar Boolean, " + CommonShape,
                "Score Scalar Single: " + CommonShape,
            ],
            shape);
        Assert.Equal(["PredictedLabel Boolean: " + Common, "Probability Single: IsNormalized Boolean, " + Common, "Score Single: " + Common], schema);
    }

    [Fact]
    public void Regression()
    {
        var (shape, schema) = Columns(Samples.Diabetes(_ml), _ml.Regression.Trainers.NeuralNetwork(Fast));
        Assert.Equal(["Score Scalar Single: " + CommonShape], shape);
        Assert.Equal(["Score Single: " + Common], schema);
    }

    [Fact]
    public void Annotations_hold_the_right_values()
    {
        var data = Samples.Iris(_ml);
        var model = _ml.Transforms.Conversion.MapValueToKey("Label").Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(Fast)).Fit(data);
        var schema = model.Transform(data).Schema;
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["Score"].GetSlotNames(ref names);
        Assert.Equal(["setosa", "versicolor", "virginica"], names.DenseValues().Select(name => name.ToString()));
        schema["PredictedLabel"].GetKeyValues(ref names);
        Assert.Equal(["setosa", "versicolor", "virginica"], names.DenseValues().Select(name => name.ToString()));
        Assert.Equal(("MulticlassClassification", "Score"), (Text(schema["Score"], "ScoreColumnKind"), Text(schema["Score"], "ScoreValueKind")));
        Assert.Equal("PredictedLabel", Text(schema["PredictedLabel"], "ScoreValueKind"));
        Assert.Equal(1u, SetId(schema["Score"]));

        // A second scorer behind the first gets a set of its own.
        var twice = model.LastTransformer.Transform(model.Transform(data)).Schema;
        Assert.Equal(2u, SetId(twice["Score"]));
    }

    private static string Text(DataViewSchema.Column column, string kind)
    {
        ReadOnlyMemory<char> value = default;
        column.Annotations.GetValue(kind, ref value);
        return value.ToString();
    }

    private static uint SetId(DataViewSchema.Column column)
    {
        uint id = 0;
        column.Annotations.GetValue("ScoreColumnSetId", ref id);
        return id;
    }

    private static (string[] Shape, string[] Schema) Columns<T>(IDataView data, IEstimator<T> estimator)
        where T : class, ITransformer
    {
        var probe = new ShapeProbe();
        var model = estimator.Append(probe).Fit(data);
        string[] names = ["PredictedLabel", "Probability", "Score"];
        return (
            [.. probe.Shape!.Where(column => names.Contains(column.Name)).OrderBy(column => column.Name, StringComparer.Ordinal)
                .Select(column => $"{Describe(column)}: {string.Join(", ", column.Annotations.Select(Describe).Order(StringComparer.Ordinal))}")],
            [.. model.GetOutputSchema(data.Schema).Where(column => names.Contains(column.Name)).OrderBy(column => column.Name, StringComparer.Ordinal)
                .Select(column => $"{column.Name} {column.Type}: {string.Join(", ", column.Annotations.Schema.Select(a => $"{a.Name} {a.Type}").Order(StringComparer.Ordinal))}")]);
    }

    private static string Describe(SchemaShape.Column column) => $"{column.Name} {column.Kind} {column.ItemType}{(column.IsKey ? " key" : string.Empty)}";

    /// <summary>Stands behind the trainer and sees the shape that the chain announces.</summary>
    private sealed class ShapeProbe : IEstimator<ITransformer>
    {
        public SchemaShape? Shape { get; private set; }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;

        public ITransformer Fit(IDataView input) => new MLContext().Transforms.CopyColumns("Same", "Features").Fit(input);
    }

    private sealed class Numbered
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
