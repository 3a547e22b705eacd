using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Training;

/// <summary>Rows are split into training and validation alike however they are read, and validation rows that do not suit are refused.</summary>
[Trait("Row", "R18")]
public sealed class TrainingRowsTests
{
    private const int Rows = 90_007;
    private static readonly NeuralNetworkOptions Options = new() { LabelColumnName = "Key", ValidationFraction = 0.2, Network = Network.Mlp([4]), Epochs = 1, Seed = 1 };
    private readonly MLContext _ml = new(1);

    [Fact]
    public void The_split_is_stratified_disjoint_and_complete()
    {
        using var rows = Read(Data(), Options);
        var (training, validation) = (Ids(rows.Training), Ids(rows.Validation!));

        Assert.Equal(Enumerable.Range(0, Rows).Select(row => (long)row), training.Concat(validation).Order());
        Assert.Equal(Rows, rows.Training.Rows + rows.Validation!.Rows);
        foreach (var group in Enumerable.Range(0, Rows).GroupBy(ClassOf))
        {
            Assert.InRange(validation.Count(id => ClassOf((int)id) == group.Key) - (0.2 * group.Count()), -1, 1);
        }
    }

    [Fact]
    public void Streamed_rows_are_split_as_kept_ones_are()
    {
        using var kept = Read(Data(), Options);
        using var streamed = Read(Data(), Options with { MaxDataMemory = 1 << 20 });

        Assert.Equal((false, true, true), (kept.Training.IsStreamed, streamed.Training.IsStreamed, streamed.Validation!.IsStreamed));
        Assert.Equal(Ids(kept.Training), Ids(streamed.Training));
        Assert.Equal(Ids(kept.Validation!), Ids(streamed.Validation!));
        Assert.Equal(Features(kept.Validation!), Features(streamed.Validation!));
        Assert.Equal(Features(kept.Validation!), Features(streamed.Validation!));
        Assert.Equal(kept.Training.Labels.Mean(), streamed.Training.Labels.Mean());
    }

    [Fact]
    public void Shuffled_batches_name_the_rows_of_the_whole_data()
    {
        using var rows = Read(Data(), Options);
        var task = new MulticlassTask(10, null);
        foreach (var batch in rows.Training.Epoch(1, new RunSeed(1), task))
        {
            using (batch)
            {
                Assert.Equal(batch.Targets.ToArray(), batch.RowIds().Select(id => (double)ClassOf((int)id)));
            }
        }
    }

    [Fact]
    public void Another_seed_splits_otherwise()
    {
        using var rows = Read(Data(), Options);
        using var others = Read(Data(), Options, seed: 2);

        Assert.NotEqual(Ids(rows.Validation!), Ids(others.Validation!));
    }

    [Fact]
    public void In_regression_all_rows_are_one_class()
    {
        using var rows = Read(Data(), Options with { LabelColumnName = "Number" }, rule: LabelRule.Single);

        Assert.InRange(rows.Validation!.Rows, (0.2 * Rows) - 1, (0.2 * Rows) + 1);
        Assert.Equal(Enumerable.Range(0, Rows).Select(row => (long)row), Ids(rows.Training).Concat(Ids(rows.Validation!)).Order());
    }

    [Fact]
    public void Without_a_fraction_and_without_data_there_are_no_validation_rows()
    {
        using var rows = Read(Data(), Options with { ValidationFraction = 0 });

        Assert.Null(rows.Validation);
        Assert.Equal(Rows, rows.Training.Rows);
    }

    [Fact]
    public void Too_few_rows_for_the_fraction() => AssertError(
        () => Fit(Data(3), Options with { ValidationFraction = 0.01 }),
        "NeuralNetworkOptions.ValidationFraction must leave at least one row for validation; 0.01 of 3 rows leaves none. Give more rows or a larger fraction");

    [Fact]
    public void Both_ways_at_once()
    {
        AssertError(
            () => Fit(Data(), Options with { ValidationData = Data() }),
            "NeuralNetworkOptions: ValidationFraction must be 0 when validation rows are given; got 0.2. Leave one of the two out.");
        AssertError(
            () => _ml.MulticlassClassification.Trainers.NeuralNetwork(Options with { ValidationFraction = 0, ValidationData = Data() }).Fit(Data(), Data()),
            "NeuralNetworkOptions: ValidationData must be left out when Fit is given validation data.");
    }

    [Fact]
    public void Validation_rows_that_do_not_suit()
    {
        AssertError(() => Fit(Data(), Data(0)), "Validation data: The validation data must have at least one row; it has none.");
        AssertError(
            () => Fit(Data(), _ml.Data.LoadFromEnumerable(new[] { new Narrow { Key = 1 } })),
            "Validation data: The feature column \"Features\" must be a vector of 2 Single, as in the training data; it is a vector of 1 Single. Put both through the same fitted transforms.");
        AssertError(
            () => Fit(Data(), _ml.Data.LoadFromEnumerable(new[] { new ThreeClasses { Key = 1 } })),
            "Validation data: The label column \"Key\" must be a key of 10 values, [1, 2, 3, 4, 5, 6, 7, 8, …], as in the training data; it is one of [1, 2, 3].");
        AssertError(
            () => Fit(Data(), _ml.Data.LoadFromEnumerable(new[] { new Row { Features = [1, float.NaN], Key = 1 } })),
            "Validation data: The column \"Features\", slot 1, must hold finite numbers; row 0 holds NaN.");
        AssertError(
            () => Fit(Data(), _ml.Data.LoadFromEnumerable(new[] { new Row { Features = [1, 1], Key = 1 } }), Options with { ExampleWeightColumnName = "Weight" }),
            "Validation data: The example weight column \"Weight\" must hold a weight above 0");
        AssertError(
            () => Fit(Data(), _ml.Data.LoadFromEnumerable(new[] { new NoLabel() })),
            "Validation data: NeuralNetworkOptions.LabelColumnName: the data must have a column \"Key\"; it has Features.");
    }

    [Fact]
    public void Keys_of_other_values()
    {
        var names = _ml.Transforms.Conversion.MapValueToKey("Label", "Name");
        var (training, validation) = (Named("cat", "dog"), Named("dog", "cat"));
        AssertError(
            () => Fit(names.Fit(training).Transform(training), names.Fit(validation).Transform(validation), Options with { LabelColumnName = "Label" }),
            "Validation data: The label column \"Label\" must be a key of [\"cat\", \"dog\"], as in the training data; it is one of [\"dog\", \"cat\"]. Put both through the same fitted transforms.");

        var mapping = names.Fit(training);
        Fit(mapping.Transform(training), mapping.Transform(validation), Options with { LabelColumnName = "Label" });
    }

    [Fact]
    public void The_model_does_not_keep_the_rows()
    {
        using var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(Options with { ValidationFraction = 0 }).Fit(Data(40), Data(40));

        Assert.Null(model.Model.Options.ValidationData);
    }

    private static int ClassOf(int row) => (int)((long)row * row % 10);

    private static TrainingRows Read(IDataView data, NeuralNetworkOptions options, int seed = 1, LabelRule? rule = null) =>
        TrainingRows.Read(data, options, rule ?? LabelRule.Key, new RunSeed(seed));

    private static List<long> Ids(BatchSource source) => [.. source.EpochInOrder(new RegressionTask(0, 1, RegressionLoss.Mse()), 100).SelectMany(batch =>
    {
        batch.Dispose();
        return batch.RowIds();
    })];

    private static List<double> Features(BatchSource source) => [.. source.EpochInOrder(new RegressionTask(0, 1, RegressionLoss.Mse()), 100).SelectMany(batch =>
    {
        using (batch)
        {
            return batch.Features.ToArray();
        }
    })];

    private static void AssertError(Action act, string message)
    {
        var error = Assert.ThrowsAny<Exception>(act);
        Assert.True(error is ArgumentException or InvalidOperationException, error.ToString());
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private void Fit(IDataView training, NeuralNetworkOptions options) => _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(training).Dispose();

    private void Fit(IDataView training, IDataView validation, NeuralNetworkOptions? options = null) =>
        _ml.MulticlassClassification.Trainers.NeuralNetwork((options ?? Options) with { ValidationFraction = 0 }).Fit(training, validation).Dispose();

    private IDataView Data(int rows = Rows) => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(i => new Row
    {
        Features = [i, -i],
        Key = (uint)ClassOf(i),
        Number = i,
        Weight = 1,
    }));

    private IDataView Named(params string[] names) =>
        _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new NamedRow { Features = [i, 1], Name = names[i % names.Length] }));

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [KeyType(10)]
        public uint Key { get; set; }

        public float Number { get; set; }

        public float Weight { get; set; }
    }

    private sealed class NamedRow
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public string Name { get; set; } = string.Empty;
    }

    private sealed class Narrow
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [1];

        [KeyType(10)]
        public uint Key { get; set; }
    }

    private sealed class ThreeClasses
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [1, 2];

        [KeyType(3)]
        public uint Key { get; set; }
    }

    private sealed class NoLabel
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [1, 2];
    }
}
