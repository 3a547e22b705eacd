namespace MLNet.GradStability.Tests.Training;

public class RowTensorTests
{
    [Theory]
    [InlineData(3, false, 1)]
    [InlineData(3, false, 20_000)]
    [InlineData(40_000, false, 3)]
    [InlineData(1, true, 50_000)]
    public void Rows_come_out_as_they_went_in_whenever_one_looks(int width, bool isFlat, int rows)
    {
        using var tensor = new RowTensor(width, isFlat, rows: 1);
        var allocated = 1;
        for (var i = 0; i < rows; i++)
        {
            if (i == allocated)
            {
                tensor.Grow(allocated *= 2);
            }

            tensor.Add([.. Enumerable.Repeat((float)i, width)]);
            if (i % 7777 == 0)
            {
                using var some = tensor.Rows;
                Assert.Equal(i + 1, some.shape[0]);
            }
        }

        tensor.Change((numbers, length) =>
        {
            Assert.Equal(width, length);
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i]++;
            }
        });

        using var all = tensor.Rows;
        Assert.Equal(isFlat ? [rows] : [rows, width], all.shape);
        Assert.Equal(Enumerable.Range(1, rows).SelectMany(row => Enumerable.Repeat((float)row, width)), all.data<float>().ToArray());
    }
}
