using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.SequenceWindow;

/// <summary>What is announced before fitting is what comes afterwards, and unfit columns are refused.</summary>
public sealed class SequenceWindowSchemaTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Shape_and_schema_agree()
    {
        var data = Series.View(_ml, 5);
        var witness = new Series.Witness();
        var model = _ml.Transforms.SequenceWindow("Window", "Pair", 3, "Target", new() { TargetInputColumnName = "Value" }).Append(witness).Fit(data);
        var (window, target) = (witness.Shape!.Single(column => column.Name == "Window"), witness.Shape!.Single(column => column.Name == "Target"));
        Assert.Equal((SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false), (window.Kind, window.ItemType, window.IsKey));
        Assert.Equal((SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false), (target.Kind, target.ItemType, target.IsKey));
        var schema = model.GetOutputSchema(data.Schema);
        Assert.Equal("Vector<Single, 3, 2>", schema["Window"].Type.ToString());
        Assert.Equal(NumberDataViewType.Single, schema["Target"].Type);
        Assert.Equal(schema.Select(column => column.Name), model.Transform(data).Schema.Select(column => column.Name));
    }

    [Fact]
    public void A_window_longer_than_every_series_is_told()
    {
        Assert.Equal(
            "SequenceWindow: at least one series must have 5 rows, for a window of 3 and a target 2 ahead; the longest has 4. "
            + "Shorten the window, or check the order and the group column: rows of a series must follow one another.",
            Assert.Throws<InvalidOperationException>(() => Estimator(3, new() { Ahead = 2 }).Fit(Series.View(_ml, 4))).Message);
        Assert.Contains(
            "must have 3 rows, for a window of 3; the longest has 2.",
            Assert.Throws<InvalidOperationException>(() => _ml.Transforms.SequenceWindow("Window", "Value", 3, options: new() { GroupColumnName = "Group" }).Fit(Series.View(_ml, "aabbaa"))).Message,
            StringComparison.Ordinal);
        Assert.Contains("the longest has 0.", Assert.Throws<InvalidOperationException>(() => Estimator(1).Fit(Series.View(_ml, 0))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unfit_columns_are_refused()
    {
        var data = Series.View(_ml, 5);
        Refused("the data must have a column \"Nowhere\"", _ml.Transforms.SequenceWindow("Window", "Nowhere", 2));
        Refused("the column \"Class\" must be Single or a vector of Single of known size; it is", _ml.Transforms.SequenceWindow("Window", "Class", 2));
        Refused("the data must have a column \"Nowhere\"", Estimator(2, new() { GroupColumnName = "Nowhere" }));
        Refused("the column \"Pair\" must be text, a key, a Single or an integer of 32 or 64 bits; it is", Estimator(2, new() { GroupColumnName = "Pair" }));
        Refused("the column \"Class\" must be Single, a vector of Single of known size, or a key of UInt32; it is", Estimator(2, new() { TargetInputColumnName = "Class" }));
        Refused("TargetInputColumnName must be given where a step is a vector", _ml.Transforms.SequenceWindow("Window", "Pair", 2, "Target"));
        var model = Estimator(2).Fit(data);
        Assert.StartsWith(
            "SequenceWindow: the column \"Value\" must be Single, as in fitting; it is Vector<Single, 3>. Transform data with the columns that it was fitted on, or rows that hold a whole window of 2×1 Single.",
            Assert.Throws<ArgumentException>(() => model.Transform(_ml.Data.LoadFromEnumerable([new Series.Whole { Value = [1, 2, 3] }]))).Message,
            StringComparison.Ordinal);

        void Refused(string text, SequenceWindowEstimator estimator)
        {
            // Alone, and in a chain, which checks the shape first.
            Assert.Contains(text, Assert.ThrowsAny<ArgumentException>(() => estimator.Fit(data)).Message, StringComparison.Ordinal);
            Assert.Contains(text, Assert.ThrowsAny<ArgumentException>(() => _ml.Transforms.CopyColumns("Kept", "Value").Append(estimator).Fit(data)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Arguments_are_checked_where_they_are_set()
    {
        Assert.StartsWith(
            "SequenceWindowOptions: Stride must be 1 or greater; got 0. 1 makes a window for every row.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new SequenceWindowOptions { Stride = 0 }).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SequenceWindowOptions { Ahead = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Estimator(0));
        Assert.Throws<ArgumentException>(() => _ml.Transforms.SequenceWindow(" ", "Value", 2));
        Assert.Throws<ArgumentException>(() => _ml.Transforms.SequenceWindow("Window", string.Empty, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.SequenceWindow("Window", "Value", 2, "Window"));
    }

    private SequenceWindowEstimator Estimator(int length, SequenceWindowOptions? options = null) => _ml.Transforms.SequenceWindow("Window", "Value", length, "Target", options);
}
