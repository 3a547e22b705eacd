using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.SequenceWindow;

/// <summary>Windows, the oldest step first, and their targets, worked out by hand.</summary>
public sealed class SequenceWindowTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"window-{Guid.NewGuid():N}.zip");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Training_sees_windows_with_targets_and_scoring_the_last_window_too()
    {
        var data = Series.View(_ml, 6);
        var witness = new Series.Witness();
        var model = _ml.Transforms.SequenceWindow("Window", "Value", 3, "Target").Append(witness).Fit(data);
        Assert.Equal(["0 1 2 | 2 | 3", "1 2 3 | 3 | 4", "2 3 4 | 4 | 5"], witness.Seen);
        Assert.Equal([.. witness.Seen, "3 4 5 | 5 | NaN"], model.Transform(data).Windows());
        Assert.Equal(["0 1 2 | 2 | NaN"], model.Transform(Series.View(_ml, 3)).Windows());
        Assert.Empty(model.Transform(Series.View(_ml, 2)).Windows());
    }

    [Theory]
    [InlineData(0, 1, "0 1 | 1 | 1; 1 2 | 2 | 2; 2 3 | 3 | 3; 3 4 | 4 | 4; 4 5 | 5 | 5; 5 6 | 6 | 6")]
    [InlineData(3, 1, "0 1 | 1 | 4; 1 2 | 2 | 5; 2 3 | 3 | 6")]
    [InlineData(1, 2, "0 1 | 1 | 2; 2 3 | 3 | 4; 4 5 | 5 | 6")]
    [InlineData(2, 4, "0 1 | 1 | 3")]
    public void Ahead_and_stride(int ahead, int stride, string expected)
    {
        var witness = new Series.Witness();
        _ml.Transforms.SequenceWindow("Window", "Value", 2, "Target", new() { Ahead = ahead, Stride = stride }).Append(witness).Fit(Series.View(_ml, 7));
        Assert.Equal(expected.Split("; "), witness.Seen);
    }

    [Fact]
    public void No_window_and_no_target_reaches_over_the_end_of_a_series()
    {
        var data = Series.View(_ml, "aaaabbaaa");
        var witness = new Series.Witness();
        var options = new SequenceWindowOptions { GroupColumnName = "Group" };
        var model = _ml.Transforms.SequenceWindow("Window", "Value", 2, "Target", options).Append(witness).Fit(data);
        Assert.Equal(["0 1 | 1 | 2", "1 2 | 2 | 3", "6 7 | 7 | 8"], witness.Seen);
        string[] scored = ["0 1 | 1 | 2", "1 2 | 2 | 3", "2 3 | 3 | NaN", "4 5 | 5 | NaN", "6 7 | 7 | 8", "7 8 | 8 | NaN"];
        Assert.Equal(scored, model.Transform(data).Windows());

        // Keys and numbers tell series apart as well.
        var keys = _ml.Transforms.Conversion.MapValueToKey("Group").Append(_ml.Transforms.SequenceWindow("Window", "Value", 2, "Target", options));
        Assert.Equal(scored, keys.Fit(data).Transform(data).Windows());
        var alone = _ml.Transforms.SequenceWindow("Window", "Value", 1, options: new() { GroupColumnName = "Value" }).Fit(data).Transform(Series.View(_ml, 2));
        Assert.Equal(["0 | 0", "1 | 1"], alone.Windows(target: false));
    }

    [Fact]
    public void Steps_may_be_vectors_and_targets_keys_or_vectors()
    {
        var data = Series.View(_ml, 5);
        var witness = new Series.Witness();
        _ml.Transforms.SequenceWindow("Window", "Pair", 2, "Target", new() { TargetInputColumnName = "Value" }).Append(witness).Fit(data);
        Assert.Equal(["0 0 1 10 | 1 | 2", "1 10 2 20 | 2 | 3", "2 20 3 30 | 3 | 4"], witness.Seen);

        var keys = _ml.Transforms.Conversion.MapValueToKey("Class").Append(_ml.Transforms.SequenceWindow("Window", "Value", 2, "Target", new() { TargetInputColumnName = "Class" }));
        var view = keys.Fit(data).Transform(data);
        Assert.Equal([2u, 1, 2, 0], view.GetColumn<uint>("Target"));
        Assert.True(view.Schema["Target"].HasKeyValues());

        var vectors = _ml.Transforms.SequenceWindow("Window", "Pair", 3, "Target", new() { TargetInputColumnName = "Pair" }).Fit(data).Transform(Series.View(_ml, 4));
        Assert.Equal([[3f, 30], [float.NaN, float.NaN]], vectors.GetColumn<float[]>("Target"));
    }

    [Fact]
    public void Without_a_target_no_window_is_left_out_and_data_to_score_need_no_target_column()
    {
        var data = Series.View(_ml, 4);
        Assert.Equal(["0 1 2 | 2", "1 2 3 | 3"], _ml.Transforms.SequenceWindow("Window", "Value", 3).Fit(data).Transform(data).Windows(target: false));

        var other = _ml.Transforms.CopyColumns("Truth", "Value").Append(_ml.Transforms.SequenceWindow("Window", "Value", 3, "Target", new() { TargetInputColumnName = "Truth" }));
        var window = other.Fit(data).LastTransformer;
        var scored = window.Transform(_ml.Data.LoadFromEnumerable(new[] { 1f, 2, 3 }.Select(value => new Series.Bare { Value = value })));
        Assert.Null(scored.Schema.GetColumnOrNull("Target"));
        Assert.Equal(["1 2 3 | 3"], scored.Windows(target: false));
    }

    [Fact]
    public void Any_number_of_passes_and_cursors_see_the_same_in_order()
    {
        var ordered = Series.View(_ml, 9);
        var view = _ml.Transforms.SequenceWindow("Window", "Value", 3, "Target").Fit(ordered).Transform(_ml.Data.Cache(ordered));
        var expected = view.Windows();
        Assert.Equal(expected, view.Windows());
        Assert.False(view.CanShuffle);
        Assert.Null(view.GetRowCount());

        var (window, target, value) = (view.Schema["Window"], view.Schema["Target"], view.Schema["Value"]);
        var cursor = Assert.Single(view.GetRowCursorSet([window, target], 4, new Random(1)));
        using (cursor)
        using (var second = view.GetRowCursor([target]))
        {
            Assert.False(cursor.IsColumnActive(value));
            Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(value));
            Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(window));
            var (getWindow, getTarget, getSecond) = (cursor.GetGetter<VBuffer<float>>(window), cursor.GetGetter<float>(target), second.GetGetter<float>(target));
            for (var row = 0; row < 7; row++)
            {
                Assert.True(cursor.MoveNext() && second.MoveNext());
                Assert.Equal(row, cursor.Position);
                VBuffer<float> found = default;
                var (first, other) = (0f, 0f);
                getWindow(ref found);
                getTarget(ref first);
                getSecond(ref other);
                Assert.Equal([row, row + 1f, row + 2], found.DenseValues());
                Assert.Equal(row == 6 ? float.NaN : row + 3, first);
                Assert.Equal(first, other);
            }

            Assert.False(cursor.MoveNext());
        }
    }

    [Fact]
    public void Loaded_it_gives_the_same_windows()
    {
        var data = Series.View(_ml, "aaaaabbb");
        var options = new SequenceWindowOptions { Ahead = 2, Stride = 2, GroupColumnName = "Group", TargetInputColumnName = "Value" };
        var model = _ml.Transforms.SequenceWindow("Window", "Pair", 2, "Target", options).Fit(data);
        _ml.Model.Save(model, data.Schema, _path);
        var loaded = new MLContext().UseGradStabilityTransforms().Model.Load(_path, out _);
        var window = Assert.IsType<SequenceWindowTransformer>((loaded as IEnumerable<ITransformer>)?.Single() ?? loaded);
        Assert.Equal((options, 2, "Window", "Pair", "Target"), (window.Options, window.Length, window.OutputColumnName, window.InputColumnName, window.TargetColumnName));

        // Read by this context first: the training pass of the fitted one.
        model.Transform(data);
        Assert.Equal(["0 0 1 10 | 1 | 3", "2 20 3 30 | 3 | NaN", "5 50 6 60 | 6 | NaN"], loaded.Transform(data).Windows());
        Assert.Equal(model.Transform(data).Windows(), loaded.Transform(data).Windows());
    }

    [Fact]
    public void PredictionEngine_takes_rows_that_hold_a_window_and_says_why_not_others()
    {
        var data = Series.View(_ml, 5);
        var model = _ml.Transforms.SequenceWindow("Window", "Value", 3, "Target").Append(_ml.Transforms.CopyColumns("Same", "Window")).Fit(data);
        var engine = _ml.Model.CreatePredictionEngine<Series.Whole, Series.Windowed>(model);
        Assert.Equal([7f, 8, 9], engine.Predict(new() { Value = [7, 8, 9] }).Window);
        Assert.StartsWith(
            "SequenceWindow: a row that is scored by itself must hold a whole window, 3×1 Single with the oldest step first; the column \"Value\" holds one step",
            Assert.Throws<InvalidOperationException>(() => _ml.Model.CreatePredictionEngine<Series.Bare, Series.Windowed>(model)).Message,
            StringComparison.Ordinal);

        var wholes = _ml.Data.LoadFromEnumerable([new Series.Whole { Value = [1, 2, 3] }]);
        Assert.Equal([[1f, 2, 3]], model.Transform(wholes).GetColumn<float[]>("Window"));
    }
}
