using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.AugmentImages;

/// <summary>Copies in training, the same whoever reads them; rows as they are in scoring.</summary>
[Trait("Row", "R15")]
public sealed class AugmentImagesTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"augment-{Guid.NewGuid():N}.zip");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_chain_trains_on_originals_each_followed_by_its_copies_and_scores_rows_as_they_are()
    {
        var data = Pictures.View(_ml, 5);
        var seen = new List<(float Number, float[] Pixels)[]>();
        var model = Estimator(copies: 2).Append(new Pictures.Witness(seen)).Fit(data);
        var trained = Assert.Single(seen);
        Assert.Equal([1f, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5], trained.Select(row => row.Number));
        var originals = data.Rows();
        Assert.All(originals.Index(), row => Assert.Equal(row.Item.Pixels, trained[3 * row.Index].Pixels));
        Assert.Equal(15, trained.Select(row => string.Join(' ', row.Pixels)).Distinct().Count());

        // Cross-validation scores with every scope.
        Same(originals, model.Transform(data).Rows());
        Same(originals, model.Transform(data, TransformerScope.Everything).Rows());
        Same(Pictures.View(_ml, 3).Rows(), model.Transform(Pictures.View(_ml, 3)).Rows());
    }

    [Fact]
    public void Behind_other_transforms_a_cache_and_in_cross_validation_only_fitting_sees_copies()
    {
        var data = Pictures.View(_ml, 6);
        var seen = new List<(float Number, float[] Pixels)[]>();
        var chain = _ml.Transforms.CopyColumns("Kept", "Number").AppendCacheCheckpoint(_ml).Append(Estimator()).AppendCacheCheckpoint(_ml).Append(new Pictures.Witness(seen));
        Same(data.Rows(), chain.Fit(data).Transform(data).Rows());
        Assert.Equal(12, Assert.Single(seen).Length);
        foreach (var fold in _ml.Data.CrossValidationSplit(data, 2))
        {
            var model = chain.Fit(fold.TrainSet);
            Assert.Equal(2 * fold.TrainSet.Rows().Length, seen[^1].Length);
            Same(fold.TestSet.Rows(), model.Transform(fold.TestSet).Rows());
        }
    }

    [Fact]
    public void A_copy_does_not_depend_on_who_reads_it()
    {
        var data = Pictures.View(_ml, 7);
        var view = Estimator(copies: 3).Fit(data).Augment(data);
        var expected = view.Rows();
        Same(expected, view.Rows());
        Assert.Equal(28, view.GetRowCount() ?? 28);

        var pixels = view.Schema["Pixels"];
        var found = new Dictionary<DataViewRowId, float[]>();
        foreach (var cursor in view.GetRowCursorSet([pixels], 3))
        {
            using (cursor)
            {
                var (get, getId) = (cursor.GetGetter<VBuffer<float>>(pixels), cursor.GetIdGetter());
                while (cursor.MoveNext())
                {
                    VBuffer<float> value = default;
                    DataViewRowId id = default;
                    get(ref value);
                    getId(ref id);
                    found.Add(id, [.. value.DenseValues()]);
                }

                Assert.False(cursor.MoveNext());
            }
        }

        Assert.Equal(28, found.Count);
        Assert.Equal(Texts(expected.Select(row => row.Pixels)).Order(StringComparer.Ordinal), Texts(found.Values).Order(StringComparer.Ordinal));

        // A subset of the rows gives the same copies, as identities stay.
        var part = _ml.Data.FilterRowsByColumn(data, "Number", 3, 5);
        Same(expected[8..16], Estimator(copies: 3).Fit(part).Augment(part).Rows());
    }

    [Fact]
    public void The_seed_alone_decides()
    {
        var data = Pictures.View(_ml, 2);
        Same(Estimator(seed: 5).Fit(data).Augment(data).Rows(), Estimator(seed: 5).Fit(data).Augment(data).Rows());
        Assert.NotEqual(Texts(Estimator(seed: 5).Fit(data).Augment(data).Rows()[1].Pixels), Texts(Estimator(seed: 6).Fit(data).Augment(data).Rows()[1].Pixels));
        Same(FromContext(), FromContext());

        (float, float[])[] FromContext()
        {
            var ml = new MLContext(3);
            return ml.Transforms.AugmentImages("Pixels", 4, 3, 2).Fit(data).Augment(data).Rows();
        }
    }

    [Fact]
    public void Loaded_it_passes_rows_and_can_still_augment()
    {
        var data = Pictures.View(_ml, 3);
        var model = Estimator(copies: 2).Fit(data);
        _ml.Model.Save(model, data.Schema, _path);
        var loaded = new MLContext().UseGradStabilityTransforms().Model.Load(_path, out _);
        Same(data.Rows(), loaded.Transform(data).Rows());
        var augment = Assert.IsType<AugmentImagesTransformer>((loaded as IEnumerable<ITransformer>)?.Single() ?? loaded);
        Assert.Equal((model.Options, "Pixels"), (augment.Options, augment.ColumnName));
        Same(model.Augment(data).Rows(), augment.Augment(data).Rows());
    }

    [Fact]
    public void PredictionEngine_sees_the_row_as_it_is()
    {
        var data = Pictures.View(_ml, 3);
        var model = Estimator().Append(_ml.Transforms.CopyColumns("Same", "Number")).Fit(data);
        var schema = SchemaDefinition.Create(typeof(Pictures.Picture));
        schema[nameof(Pictures.Picture.Pixels)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 24);
        var engine = _ml.Model.CreatePredictionEngine<Pictures.Picture, Result>(model, inputSchemaDefinition: schema);
        var pixels = data.Rows()[1].Pixels;
        var result = engine.Predict(new() { Number = 2, Pixels = pixels });
        Assert.Equal(pixels, result.Pixels);
        Assert.Equal(2, result.Same);
    }

    [Fact]
    public void The_type_stays_with_its_dimensions()
    {
        var data = Pictures.View(_ml, 2, 24, 2, 4, 3);
        var model = Estimator().Fit(data);
        Assert.Equal(data.Schema["Pixels"].Type, model.Augment(data).Schema["Pixels"].Type);
        Assert.Equal(data.Schema["Pixels"].Type, model.GetOutputSchema(data.Schema)["Pixels"].Type);
    }

    [Fact]
    public void Images_of_another_size_or_order_are_refused()
    {
        Assert.StartsWith(
            "AugmentImages: the column \"Pixels\" must be a vector of 2×4×3 = 24 values (channels×height×width); it is Vector<Single, 36>. Correct height, width and channels;",
            Assert.Throws<ArgumentException>(() => Estimator().Fit(Pictures.View(_ml, 1, 36))).Message,
            StringComparison.Ordinal);
        Assert.Contains("interleavePixelColors: false", Assert.Throws<ArgumentException>(() => Estimator().Fit(Pictures.View(_ml, 1, 24, 4, 3, 2))).Message, StringComparison.Ordinal);
        var model = Estimator().Fit(Pictures.View(_ml, 1));
        Assert.Throws<ArgumentException>(() => model.Transform(Pictures.View(_ml, 1, 36)));
        var scalar = _ml.Transforms.CopyColumns("Kept", "Number").Append(_ml.Transforms.AugmentImages("Number", 4, 3));
        Assert.StartsWith(
            "AugmentImages: the column \"Number\" must be a vector of Single of known size; it is Scalar of Single.",
            Assert.Throws<ArgumentException>(() => scalar.Fit(Pictures.View(_ml, 1))).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "AugmentImages: the data must have a column \"Nowhere\"; it has Number, Pixels. Name an existing column.",
            Assert.Throws<ArgumentException>(() => _ml.Transforms.AugmentImages("Nowhere", 4, 3).Fit(Pictures.View(_ml, 1))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_checked_where_they_are_set()
    {
        Assert.StartsWith(
            "AugmentImagesOptions: Copies must be 1 or greater; got 0. To augment nothing, leave the transform out.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new AugmentImagesOptions { Copies = 0 }).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AugmentImagesOptions { MaxShift = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AugmentImagesOptions { MaxRotation = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AugmentImagesOptions { NoiseDeviation = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AugmentImagesOptions { CutOut = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.AugmentImages("Pixels", 0, 3));
        Assert.Throws<ArgumentException>(() => _ml.Transforms.AugmentImages(" ", 4, 3));
        Assert.Contains(
            "must alter the copies",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.AugmentImages("Pixels", 4, 3, options: new() { MaxShift = 0, MaxRotation = 0 })).Message,
            StringComparison.Ordinal);
    }

    private static void Same((float Number, float[] Pixels)[] expected, (float Number, float[] Pixels)[] found)
    {
        Assert.Equal(expected.Select(row => row.Number), found.Select(row => row.Number));
        Assert.Equal(expected.Select(row => row.Pixels), found.Select(row => row.Pixels));
    }

    private static IEnumerable<string> Texts(IEnumerable<float[]> rows) => rows.Select(row => string.Join(' ', row));

    private static string Texts(float[] row) => string.Join(' ', row);

    private AugmentImagesEstimator Estimator(int copies = 1, int seed = 5) => _ml.Transforms.AugmentImages("Pixels", 4, 3, 2, new() { Copies = copies, Seed = seed });

    private sealed class Result
    {
        public float[] Pixels { get; set; } = [];

        public float Same { get; set; }
    }
}
