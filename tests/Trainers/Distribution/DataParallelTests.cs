namespace MLNet.GradStability.Tests.Distribution;

/// <summary>The description.</summary>
[Trait("Row", "R30")]
public sealed class DataParallelTests
{
    [Fact]
    public void It_is_a_description()
    {
        var one = DataParallel.Mpi(batchPerRank: true, checkEvery: 7);

        Assert.Equal(one, Descriptions.FromJson<DataParallel>(Descriptions.ToJson(one)));
        Assert.NotEqual(one, DataParallel.Mpi());
        Assert.Null(new NeuralNetworkOptions().Distribution);
    }

    [Fact]
    public void It_is_no_part_of_the_options_as_they_are_stored() =>
        Assert.Equal(Descriptions.ToJson(new NeuralNetworkOptions()), Descriptions.ToJson(new NeuralNetworkOptions { Distribution = DataParallel.Mpi() }));

    [Fact]
    public void A_number_out_of_range_is_an_error() =>
        Assert.StartsWith("DataParallel.Mpi: checkEvery must be 1 or greater; got 0.", Assert.Throws<ArgumentOutOfRangeException>(() => DataParallel.Mpi(checkEvery: 0)).Message, StringComparison.Ordinal);
}
