using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Tasks;

/// <summary>The columns of vector labels: types, slot names, saved models, single rows, and what is refused.</summary>
public sealed class VectorLabelColumnTests
{
    private static readonly NeuralNetworkOptions Fast = new() { Network = Network.Mlp([4]), Epochs = 1, Seed = 1 };
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Scores_have_the_dimensions_of_the_label()
    {
        var data = View();
        using var model = Binary("Flags").Fit(data);
        var schema = model.GetOutputSchema(data.Schema);

        Assert.Equal(["Vector<Boolean, 2, 2, 2>", "Vector<Single, 2, 2, 2>", "Vector<Single, 2, 2, 2>"], new[] { "PredictedLabel", "Score", "Probability" }.Select(name => schema[name].Type.ToString()));
        ReadOnlyMemory<char> kind = default;
        schema["Score"].Annotations.GetValue("ScoreColumnKind", ref kind);
        Assert.Equal("MultiLabelClassification", kind.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Slot_names_of_the_label_name_the_scores_also_after_loading(bool numbers)
    {
        // Concatenate names the slots by its columns.
        var data = numbers
            ? _ml.Transforms.Concatenate("Both", "Number", "Weight").Fit(View()).Transform(View())
            : _ml.Transforms.Concatenate("Both", "Flag", "Flag").Fit(View()).Transform(View());
        using var model = numbers ? Regression("Both").Fit(data) : Binary("Both").Fit(data);
        var path = Path.GetTempFileName();
        try
        {
            _ml.Model.SaveSafely(model, data.Schema, path);
            var loaded = new MLContext().Model.LoadSafely(path, out _);
            foreach (var transformer in new ITransformer[] { model, loaded })
            {
                VBuffer<ReadOnlyMemory<char>> names = default;
                transformer.GetOutputSchema(data.Schema)["Score"].GetSlotNames(ref names);
                Assert.Equal(numbers ? ["Number", "Weight"] : ["Flag", "Flag"], names.DenseValues().Select(name => name.ToString()));
            }

            Assert.Equal(Scores(model.Transform(data)), Scores(loaded.Transform(data)));
            Assert.Equal(Describe(model.GetOutputSchema(data.Schema)), Describe(loaded.GetOutputSchema(data.Schema)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("Numbers")]
    [InlineData("Bits")]
    public void Models_without_slot_names_come_back_bit_for_bit(string label)
    {
        var data = View();
        using var model = label == "Bits" ? Binary(label).Fit(data) : Regression(label).Fit(data);
        var path = Path.GetTempFileName();
        try
        {
            _ml.Model.SaveSafely(model, data.Schema, path);
            var loaded = new MLContext().Model.LoadSafely(path, out _);

            Assert.Equal(Scores(model.Transform(data)), Scores(loaded.Transform(data)));
            Assert.Equal(Describe(model.GetOutputSchema(data.Schema)), Describe(loaded.GetOutputSchema(data.Schema)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_single_row_is_scored_as_the_table_is()
    {
        var rows = Cube.Draw(20, 1);
        var data = _ml.Data.LoadFromEnumerable(rows);
        using var model = Regression("Numbers").Fit(data);
        using var engine = _ml.Model.CreatePredictionEngine<Cube, Prediction>(model);

        Support.AssertClose([.. Scores(model.Transform(data)).Take(2)], [.. engine.Predict(rows[0]).Score.Select(score => (double)score)], 1e-6);
    }

    [Fact]
    public void The_shape_announced_is_that_delivered()
    {
        var shape = Binary("Flags").GetOutputSchema(Shape());
        Assert.All(new[] { "Score", "Probability", "PredictedLabel" }, name => Assert.Equal(SchemaShape.Column.VectorKind.Vector, shape.Single(column => column.Name == name).Kind));
        Assert.Equal(SchemaShape.Column.VectorKind.Vector, Regression("Numbers").GetOutputSchema(Shape()).Single(column => column.Name == "Score").Kind);
        Assert.Equal(SchemaShape.Column.VectorKind.Scalar, Regression("Number").GetOutputSchema(Shape()).Single(column => column.Name == "Score").Kind);
    }

    [Fact]
    public void Values_that_cannot_be_used_are_named_by_slot_and_row()
    {
        var rows = Cube.Draw(20, 1);
        rows[3].Bits[5] = 0.5f;
        rows[4].Numbers[1] = float.NaN;
        var data = _ml.Data.LoadFromEnumerable(rows);

        Assert.Equal(
            "The label column \"Bits\", slot 5, must hold 0 or 1; row 3 holds 0.5. Correct the labels, or use the regression trainer.",
            Assert.Throws<InvalidOperationException>(() => Binary("Bits").Fit(data)).Message);
        Assert.StartsWith(
            "The column \"Numbers\", slot 1, must hold finite numbers; row 4 holds NaN.",
            Assert.Throws<InvalidOperationException>(() => Regression("Numbers").Fit(data)).Message);
    }

    [Fact]
    public void Labels_of_the_wrong_type_or_size_are_refused()
    {
        var data = View();
        Assert.StartsWith(
            "The label column \"Flags\" must be Single, or a vector of Single of known size; it is Vector<Boolean, 2, 2, 2>.",
            Assert.Throws<ArgumentException>(() => Regression("Flags").Fit(data)).Message);
        Assert.StartsWith(
            "The label column \"Flags\" must be a key; it is Vector<Boolean, 2, 2, 2>.",
            Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.NeuralNetwork(Fast with { LabelColumnName = "Flags" }).Fit(data)).Message);
        var other = _ml.Transforms.CopyColumns("Numbers", "Bits").Fit(data).Transform(data);
        Assert.StartsWith(
            "Validation data: The label column \"Numbers\" must be Vector<Single, 2>, as in the training data; it is Vector<Single, 2, 2, 2>.",
            Assert.Throws<ArgumentException>(() => Regression("Numbers").Fit(data, other)).Message);
    }

    private NeuralNetworkTrainer Regression(string label) => _ml.Regression.Trainers.NeuralNetwork(Fast with { LabelColumnName = label });

    private NeuralNetworkTrainer Binary(string label) => _ml.BinaryClassification.Trainers.NeuralNetwork(Fast with { LabelColumnName = label });

    private IDataView View() => _ml.Data.LoadFromEnumerable(Cube.Draw(40, 1));

    private SchemaShape Shape()
    {
        var probe = new ShapeOf();
        new EstimatorChain<ITransformer>().Append(_ml.Transforms.CopyColumns("Copy", "Number")).Append(probe).Fit(View());
        return probe.Shape!;
    }

    private double[] Scores(IDataView scored) => [.. _ml.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false).SelectMany(row => row.Score).Select(score => (double)score)];

    private static string[] Describe(DataViewSchema schema) =>
        [.. schema.Select(column => $"{column.Name} {column.Type}: {string.Join(", ", column.Annotations.Schema.Select(annotation => $"{annotation.Name} {annotation.Type}"))}")];

    private sealed class ShapeOf : IEstimator<ITransformer>
    {
        public SchemaShape? Shape { get; private set; }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;

        public ITransformer Fit(IDataView input) => new MLContext().Transforms.CopyColumns("Same", "Features").Fit(input);
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
