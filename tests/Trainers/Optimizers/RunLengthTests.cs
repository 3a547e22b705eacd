namespace MLNet.GradStability.Tests;

/// <summary>How long a run is when nothing is said, and when something is.</summary>
public class RunLengthTests
{
    [Theory]
    [InlineData(1, 300)]
    [InlineData(4, 75)]
    [InlineData(5, 60)]
    [InlineData(45, 60)]
    [InlineData(100, 30)]
    [InlineData(31_250, 20)]
    public void It_is_long_enough_for_three_hundred_updates_and_twenty_passes(long batches, int epochs) =>
        Assert.Equal(epochs, RunLength.Of(new NeuralNetworkOptions(), batches).Epochs);

    [Fact]
    public void It_counts_updates_of_several_batches() =>
        Assert.Equal(new RunLength(90, 30), RunLength.Of(new NeuralNetworkOptions { AccumulationSteps = 2, Epochs = 3 }, 59));

    [Fact]
    public void Given_epochs_are_kept() => Assert.Equal(new RunLength(7, 1), RunLength.Of(new NeuralNetworkOptions { Epochs = 7 }, 1));
}
