namespace MLNet.GradStability.Tests.Training;

/// <summary>The rule that splits rows: each class keeps its share to one row at any length, and both sides together are all rows.</summary>
[Trait("Row", "R18")]
public class RowPartTests
{
    [Theory]
    [InlineData(0.001)]
    [InlineData(0.1)]
    [InlineData(0.2)]
    [InlineData(0.3)]
    [InlineData(1 / 3.0)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void The_share_of_each_class_is_kept_to_one_row_at_any_length(double fraction)
    {
        var chooses = new RowPart(fraction, new RunSeed(5), IsValidation: true).Start();
        var random = new Random(1);
        var seen = new int[4];
        var chosen = new int[4];
        for (var i = 0; i < 20_000; i++)
        {
            var label = random.Next(4) * random.Next(2);
            seen[label]++;
            chosen[label] += chooses(label) ? 1 : 0;
            Assert.InRange(chosen[label], (fraction * seen[label]) - 1, (fraction * seen[label]) + 1);
        }
    }

    [Fact]
    public void The_two_sides_are_all_rows()
    {
        var validation = new RowPart(0.3, new RunSeed(5), IsValidation: true);
        var (first, second) = (validation.Start(), (validation with { IsValidation = false }).Start());

        Assert.All(Enumerable.Range(0, 1000), i => Assert.NotEqual(first(i % 7), second(i % 7)));
    }

    [Fact]
    public void The_seed_decides()
    {
        Assert.Equal(Chosen(seed: 1), Chosen(seed: 1));
        Assert.NotEqual(Chosen(seed: 1), Chosen(seed: 2));
        Assert.NotEqual(Chosen(seed: 1, label: 0), Chosen(seed: 1, label: 1));
    }

    [Fact]
    public void No_place_is_favoured()
    {
        // A table sorted in tens would lose the same tenth with a plain count to ten.
        var places = Chosen(seed: 3, rows: 100_000).GroupBy(row => row % 10).Select(group => group.Count()).ToList();

        Assert.Equal(10, places.Count);
        Assert.All(places, count => Assert.InRange(count, 900, 1100));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(1e-9)]
    [InlineData(1e-300)]
    public void The_first_row_of_a_class_trains(double fraction)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            Assert.False(new RowPart(fraction, new RunSeed(seed), IsValidation: true).Start()(seed));
        }
    }

    private static List<int> Chosen(int seed, int label = 0, int rows = 200)
    {
        var chooses = new RowPart(0.1, new RunSeed(seed), IsValidation: true).Start();
        return [.. Enumerable.Range(0, rows).Where(_ => chooses(label))];
    }
}
