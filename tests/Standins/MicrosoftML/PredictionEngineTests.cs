using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests;

public class PredictionEngineTests
{
    private readonly MLContext _ml = new(seed: 1);

    private ITransformer Model => _ml.Transforms.Concatenate("F", "A", "B").Fit(_ml.Data.LoadFromEnumerable(new[] { new Input() }));

    [Fact]
    public void Single_objects_are_predicted()
    {
        using var engine = _ml.Model.CreatePredictionEngine<Input, Output>(Model);
        Assert.Equal([1f, 2f], engine.Predict(new Input { A = 1, B = 2, Name = "x" }).F!);
        var output = new Output();
        engine.Predict(new Input { A = 3, B = 4, Name = "y" }, ref output);
        Assert.Equal([3f, 4f], output.F!);
        Assert.Equal("y", output.Name);
        Assert.Equal(["A", "B", "Name", "F"], engine.OutputSchema.Select(c => c.Name));
    }

    [Fact]
    public void Each_prediction_has_its_own_arrays()
    {
        using var engine = _ml.Model.CreatePredictionEngine<Input, Output>(Model);
        var first = engine.Predict(new Input { A = 1 });
        var second = engine.Predict(new Input { A = 2 });
        Assert.Equal(1f, first.F![0]);
        Assert.Equal(2f, second.F![0]);
    }

    [Fact]
    public void Output_members_without_a_column_are_passed_over_unless_asked()
    {
        using var engine = _ml.Model.CreatePredictionEngine<Input, WideOutput>(Model);
        Assert.Equal(0, engine.Predict(new Input()).Missing);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Model.CreatePredictionEngine<Input, WideOutput>(Model, ignoreMissingColumns: false));
    }

    [Fact]
    public void The_input_needs_the_columns_of_the_model() =>
        Assert.ThrowsAny<ArgumentException>(() => _ml.Model.CreatePredictionEngine<Output, Output>(Model));

    [Fact]
    public void A_null_example_is_refused()
    {
        using var engine = _ml.Model.CreatePredictionEngine<Input, Output>(Model);
        Assert.Throws<ArgumentNullException>(() => engine.Predict(null!));
    }

    [Fact]
    public void The_input_may_take_its_types_from_a_schema()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Values", new VectorDataViewType(NumberDataViewType.Single, 2));
        Vector[] rows = [new() { Values = [0, 0] }, new() { Values = [1, 2] }];
        var data = _ml.Data.LoadFromEnumerable(rows, builder.ToSchema());
        var model = _ml.Transforms.NormalizeMinMax("F", "Values").Fit(data);
        using var engine = _ml.Model.CreatePredictionEngine<Vector, Scaled>(model, data.Schema);
        Assert.Equal([1f, 1f], engine.Predict(new Vector { Values = [1, 2] }).F!);
    }

    [Fact]
    public void Options_say_who_owns_the_transformer()
    {
        var options = new PredictionEngineOptions { OwnsTransformer = false, IgnoreMissingColumns = true };
        using var engine = _ml.Model.CreatePredictionEngine<Input, Output>(Model, options);
        Assert.Equal([5f, 0f], engine.Predict(new Input { A = 5 }).F!);
        Assert.True(new PredictionEngineOptions().OwnsTransformer);
        Assert.True(new PredictionEngineOptions().IgnoreMissingColumns);
    }

    public class Input
    {
        public float A;
        public float B;
        public string? Name;
    }

    public class Output
    {
        public string? Name;

        public float[]? F { get; set; }
    }

    public class Scaled
    {
        public float[]? F;
    }

    public class WideOutput
    {
        public float Missing;
    }

    public class Vector
    {
        public float[]? Values;
    }
}
