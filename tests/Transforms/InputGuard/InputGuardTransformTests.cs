using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.InputGuard;

/// <summary>What the transformer makes of values, against numbers worked out by hand, and how rows reach it.</summary>
public sealed class InputGuardTransformTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Imputes_clips_and_standardises()
    {
        var data = Table.View(_ml, Table.Holes);
        var model = _ml.Transforms.InputGuard("Features").Fit(data);
        var rows = model.Transform(data).Vectors();
        var deviation = Math.Sqrt(125) / 3;
        Assert.Equal([-2f / 1.4826f, 0, 0, 0], rows[0], Close);
        Assert.Equal([0f, 0, 0, 0], rows[2]);
        Assert.Equal([0f, 0, 0, 0], rows[5]);
        Assert.Equal([10f, 0, (float)(10 / deviation), 0], rows[6], Close);
        Assert.Equal((11, 1), (model.ImputedCount, model.ClippedCount));
    }

    [Fact]
    public void Each_part_can_be_off()
    {
        var data = Table.View(_ml, Table.Holes);
        var plain = _ml.Transforms.InputGuard("Features", options: new() { ClipDeviations = null, Standardise = false }).Fit(data).Transform(data).Vectors();
        Assert.Equal([100f, 5, 10, 0], plain[6]);
        Assert.Equal([3f, 5, 0, 0], plain[5]);

        var clipped = _ml.Transforms.InputGuard("Features", options: new() { ClipDeviations = 2, Standardise = false }).Fit(data).Transform(data).Vectors();
        Assert.Equal([3 + (2 * 1.4826f), 5, (float)(2 * Math.Sqrt(125) / 3), 0], clipped[6], Close);
    }

    [Fact]
    public void A_value_far_from_a_constant_feature_is_clipped_and_stays_finite()
    {
        var model = _ml.Transforms.InputGuard("Features").Fit(Table.View(_ml, [5, 1e-45f], [5, 0], [5, 2e-45f]));
        Assert.Equal([10f, 10], model.Transform(Table.View(_ml, [1e30f, 1e30f])).Vectors()[0]);
        var open = _ml.Transforms.InputGuard("Features", options: new() { ClipDeviations = null }).Fit(Table.View(_ml, [5, 1e-45f], [5, 0], [5, 2e-45f]));
        Assert.Equal([1e30f, float.MaxValue], open.Transform(Table.View(_ml, [1e30f, 1e30f])).Vectors()[0]);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void Rejection_names_column_slot_row_value_and_remedy(float value, string text)
    {
        var guard = _ml.Transforms.InputGuard("Features", options: new() { OnNonFinite = NonFiniteAction.Reject });
        var bad = Table.View(_ml, [1, 2], [1, value]);
        var expected = $"InputGuard: the column \"Features\", slot 1 (\"s1\"), must hold finite numbers; row 1 holds {text}. "
            + "Correct the data, leave such rows out with FilterRowsByMissingValues, or set OnNonFinite to Impute.";
        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => guard.Fit(bad)).Message);
        var view = guard.Fit(Table.View(_ml, [1, 2], [3, 4])).Transform(bad);
        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => view.Vectors()).Message);

        var number = _ml.Transforms.InputGuard("Number", options: new() { OnNonFinite = NonFiniteAction.Reject });
        Assert.StartsWith(
            $"InputGuard: the column \"Number\" must hold finite numbers; row 0 holds {text}.",
            Assert.Throws<InvalidOperationException>(() => number.Fit(Table.View(_ml, [value]))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Sparse_vectors_give_what_dense_ones_do()
    {
        var schema = SchemaDefinition.Create(typeof(Table.Row));
        schema[nameof(Table.Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 4);
        var sparse = _ml.Data.LoadFromEnumerable(
            new[]
            {
                new Table.Row { Features = new(4, 2, [3, float.NaN], [1, 3]) },
                new Table.Row { Features = new(4, 1, [7], [0]) },
                new Table.Row { Features = new(4, 0, [], []) },
            },
            schema);
        var dense = Table.View(_ml, [0, 3, 0, float.NaN], [7, 0, 0, 0], [0, 0, 0, 0]);
        var guard = _ml.Transforms.InputGuard("Features");
        Assert.Equal(guard.Fit(dense).Statistics, guard.Fit(sparse).Statistics);
        Assert.Equal(guard.Fit(dense).Transform(dense).Vectors(), guard.Fit(sparse).Transform(sparse).Vectors());
    }

    [Fact]
    public void A_scalar_column_and_a_new_name_work_and_other_columns_pass()
    {
        var data = Table.View(_ml, [1], [2], [3], [4], [100]);
        var view = _ml.Transforms.InputGuard("Guarded", "Number").Fit(data).Transform(data);
        Assert.Equal([-2 / 1.4826f, -1 / 1.4826f, 0, 1 / 1.4826f, 10f], view.GetColumn<float>("Guarded"), Close);
        Assert.Equal([1f, 2, 3, 4, 100], view.GetColumn<float>("Number"));
        Assert.Equal(5, view.GetRowCount() ?? 5);
    }

    [Fact]
    public void Cursors_see_only_what_they_asked_for_and_sets_of_cursors_see_every_row()
    {
        var data = Table.View(_ml, Table.Holes);
        var view = _ml.Transforms.InputGuard("Features").Fit(data).Transform(data);
        var (number, features) = (view.Schema["Number"], view.Schema["Features"]);
        using (var cursor = view.GetRowCursor([number]))
        {
            Assert.True(cursor.IsColumnActive(number));
            Assert.False(cursor.IsColumnActive(features));
            Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<VBuffer<float>>(features));
        }

        using (var cursor = view.GetRowCursor([features]))
        {
            Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(features));
        }

        var seen = 0;
        Parallel.ForEach(view.GetRowCursorSet([features], 3), cursor =>
        {
            using (cursor)
            {
                var getter = cursor.GetGetter<VBuffer<float>>(features);
                VBuffer<float> row = default;
                while (cursor.MoveNext())
                {
                    getter(ref row);
                    Assert.All(row.DenseValues(), value => Assert.True(float.IsFinite(value)));
                    Interlocked.Increment(ref seen);
                }
            }
        });
        Assert.Equal(Table.Holes.Length, seen);
    }

    [Fact]
    public void PredictionEngine_gives_what_the_view_gives()
    {
        var data = Table.View(_ml, Table.Holes);
        var model = _ml.Transforms.InputGuard("Guarded", "Number").Fit(data);
        var engine = _ml.Model.CreatePredictionEngine<Number, Guarded>(model);
        Assert.Equal(
            model.Transform(data).GetColumn<float>("Guarded"),
            Table.Holes.Select(row => engine.Predict(new() { Value = row[0] }).Value));
    }

    [Fact]
    public void Data_of_another_size_or_kind_is_refused()
    {
        var model = _ml.Transforms.InputGuard("Features").Fit(Table.View(_ml, [1, 2]));
        Assert.StartsWith(
            "InputGuard: the column \"Features\" must be Vector<Single, 2>, as in fitting; it is Vector<Single, 3>.",
            Assert.Throws<ArgumentException>(() => model.Transform(Table.View(_ml, [1, 2, 3]))).Message,
            StringComparison.Ordinal);
    }

    private static bool Close(float expected, float actual) => Math.Abs(expected - actual) <= 1e-6 * (1 + Math.Abs(expected));

    private sealed class Number
    {
        [ColumnName("Number")]
        public float Value { get; set; }
    }

    private sealed class Guarded
    {
        [ColumnName("Guarded")]
        public float Value { get; set; }
    }
}
