using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests;

/// <summary>The rows that splits and shuffles give are ML.NET's own for the same seed.</summary>
public class DataOperationsTests
{
    private readonly MLContext _ml = new(seed: 1);

    private IDataView Data(int count = 40) => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new Row
    {
        Number = i,
        Group = $"g{i / 4}",
        Key = (uint)(i % 10),
        Whole = i / 4,
        Wide = i / 4,
        Flag = i % 2 == 0,
        Real = i / 4,
        Vector = [i / 4, 1],
    }));

    [Theory]
    [InlineData(null, SplitSeed1)]
    [InlineData(1, SplitSeed1)]
    [InlineData(7, "3,16,17,19,22,32,34,36")]
    public void A_split_follows_the_seed(int? seed, string test)
    {
        var split = _ml.Data.TrainTestSplit(Data(), testFraction: 0.25, seed: seed);
        Assert.Equal(test, Text(split.TestSet));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (float)i), Numbers(split.TrainSet).Concat(Numbers(split.TestSet)).Order());
        Assert.False(split.TestSet.CanShuffle);
        Assert.Equal(Data().Schema.Select(c => c.Name), split.TrainSet.Schema.Select(c => c.Name));
    }

    [Fact]
    public void A_context_without_a_seed_splits_as_with_42()
    {
        var unseeded = new MLContext().Data.TrainTestSplit(Data(), 0.25);
        Assert.Equal(Text(_ml.Data.TrainTestSplit(Data(), 0.25, seed: 42).TestSet), Text(unseeded.TestSet));
    }

    [Theory]
    [InlineData("Group", "16,17,18,19")]
    [InlineData("Key", "0,1,2,10,11,12,20,21,22,30,31,32")]
    [InlineData("Whole", "12,13,14,15")]
    [InlineData("Wide", "24,25,26,27")]
    [InlineData("Flag", "")]
    [InlineData("Real", "0,1,2,3,4,5,6,7,8,9,10,11")]
    [InlineData("Vector", "8,9,10,11,28,29,30,31")]
    public void Rows_of_one_group_stay_together(string column, string test)
    {
        var split = _ml.Data.TrainTestSplit(Data(), testFraction: 0.3, samplingKeyColumnName: column);
        Assert.Equal(test, Text(split.TestSet));
        Assert.Equal(40, Numbers(split.TrainSet).Length + Numbers(split.TestSet).Length);
    }

    [Fact]
    public void Each_row_is_in_the_test_set_of_one_fold()
    {
        var folds = _ml.Data.CrossValidationSplit(Data(), numberOfFolds: 4);
        Assert.Equal(4, folds.Count);
        Assert.Equal(40, folds.Sum(f => Numbers(f.TestSet).Length));
        Assert.Equal(FirstFold, Text(folds[0].TestSet));
        Assert.All(folds, f => Assert.Empty(Numbers(f.TrainSet).Intersect(Numbers(f.TestSet))));
    }

    [Fact]
    public void Wrong_splits_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.TrainTestSplit(Data(), testFraction: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.CrossValidationSplit(Data(), numberOfFolds: 1));
        var missing = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.TrainTestSplit(Data(), samplingKeyColumnName: "None"));
        Assert.StartsWith("Could not find SamplingKeyColumn column 'None'", missing.Message);
    }

    [Theory]
    [InlineData(5, 1000, true, "11,9,7,0,3,4,2,8,1,6,5,10")]
    [InlineData(5, 4, true, "3,4,1,6,7,8,2,0,9,5,11,10")]
    [InlineData(6, 1, false, "0,1,2,3,4,5,6,7,8,9,10,11")]
    public void A_shuffle_follows_the_seed(int seed, int pool, bool source, string order)
    {
        var shuffled = _ml.Data.ShuffleRows(Data(12), seed, pool, source);
        Assert.Equal(order, Text(shuffled));
        Assert.Equal(order, Text(shuffled));
    }

    [Fact]
    public void A_shuffled_cache_follows_the_seed()
    {
        var shuffled = _ml.Data.ShuffleRows(_ml.Data.Cache(Data(12)), seed: 5, shufflePoolSize: 4);
        Assert.Equal("11,2,4,6,10,9,1,7,0,3,8,5", Text(shuffled));
        Assert.Equal(12, shuffled.GetRowCount());
    }

    [Fact]
    public void Rows_are_taken_and_skipped()
    {
        Assert.Equal("0,1,2", Text(_ml.Data.TakeRows(Data(), 3)));
        Assert.Equal("37,38,39", Text(_ml.Data.SkipRows(Data(), 37)));
        Assert.Equal("3,4", Text(_ml.Data.TakeRows(_ml.Data.SkipRows(Data(), 3), 2)));
        Assert.Equal("", Text(_ml.Data.SkipRows(Data(), 50)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.TakeRows(Data(), 0));
    }

    [Fact]
    public void Rows_are_filtered_by_a_number()
    {
        Assert.Equal("5,6", Text(_ml.Data.FilterRowsByColumn(Data(), "Number", 5, 7)));
        Assert.Equal("38,39", Text(_ml.Data.FilterRowsByColumn(Data(), "Number", lowerBound: 38)));
        var wrong = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.FilterRowsByColumn(Data(), "Group", 0, 1));
        Assert.StartsWith("Schema mismatch for filter column 'Group': expected number, got String", wrong.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.FilterRowsByColumn(Data(), "Number", 2, 1));
    }

    [Fact]
    public void Rows_with_missing_values_are_dropped()
    {
        var data = _ml.Data.LoadFromEnumerable(new[]
        {
            new Row { Number = 0, Vector = [1, 2] },
            new Row { Number = float.NaN, Vector = [1, 2] },
            new Row { Number = 2, Vector = [float.NaN, 2] },
            new Row { Number = 3, Vector = [1, 2], Key = 10 },
        });
        Assert.Equal("0,2,3", Text(_ml.Data.FilterRowsByMissingValues(data, "Number")));
        Assert.Equal("0,3", Text(_ml.Data.FilterRowsByMissingValues(data, "Number", "Vector")));
        Assert.Equal("0,2", Text(_ml.Data.FilterRowsByMissingValues(data, "Number", "Key")));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.FilterRowsByMissingValues(data, "Group"));
    }

    private const string SplitSeed1 = "2,10,12,13,28,33,34,35,37";
    private const string FirstFold = "2,10,12,13,28,33,34,35,37";

    private static float[] Numbers(IDataView data) => [.. data.GetColumn<float>("Number")];

    private static string Text(IDataView data) => string.Join(",", Numbers(data));

    public class Row
    {
        public float Number;
        public string? Group;

        [KeyType(10)]
        public uint Key;

        public int Whole;
        public long Wide;
        public bool Flag;
        public double Real;

        [VectorType(2)]
        public float[]? Vector;
    }
}
