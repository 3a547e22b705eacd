namespace MLNet.GradStability.Tests.Training;

/// <summary>Row numbers come back as they were put in, with gaps and without.</summary>
public class RowNumbersTests
{
    [Theory]
    [InlineData(0, 1, 2, 3)]
    [InlineData(5_000_000_000, 5_000_000_001, 5_000_000_002, 5_000_000_003)]
    [InlineData(3, 4, 7, 8)]
    [InlineData(1, 5, 6, 20)]
    public void Numbers_come_back(long first, long second, long third, long fourth)
    {
        var kept = new RowNumbers();
        Array.ForEach([first, second, third, fourth], kept.Add);

        Assert.Equal([fourth, first, third, second], kept.At([3, 0, 2, 1]));
    }
}
