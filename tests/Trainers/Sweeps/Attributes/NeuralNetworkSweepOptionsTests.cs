namespace MLNet.GradStability.Tests.Sweeps;

public sealed class NeuralNetworkSweepOptionsTests
{
    private static readonly NeuralNetworkOptions Start = new NeuralNetworkSweepOptions().ToOptions();

    [Fact]
    public void A_new_object_is_the_first_trial() =>
        Assert.Equal(Start, OptionSpace.FromAttributes<NeuralNetworkSweepOptions>().Select(options => options.ToOptions()).Create(OptionSpace.FromAttributes<NeuralNetworkSweepOptions>().Start()));

    [Fact]
    public void Every_value_of_every_option_makes_other_options()
    {
        var space = OptionSpace.FromAttributes<NeuralNetworkSweepOptions>();
        foreach (var (parameter, i) in space.Parameters.Select((parameter, i) => (parameter, i)))
        {
            var made = parameter.Steps(3).Select(value => space.Create(new TrialPoint([.. space.Start().Values.Select((start, j) => j == i ? value : start)])).ToOptions()).ToArray();
            Assert.True(made.Distinct().Count() == made.Length, parameter.Name);
        }
    }

    [Fact]
    public void Options_that_are_not_searched_stay()
    {
        var options = new NeuralNetworkSweepOptions { Optimizer = SweptOptimizer.Momentum, WeightDecay = 0.02, Clipping = { Kind = SweptClipping.Value, Threshold = 0.5 } }
            .ToOptions(new() { Epochs = 3, LabelColumnName = "Ring", ValidationFraction = 0.25 });

        Assert.Equal((3, "Ring", 0.25), (options.Epochs, options.LabelColumnName, options.ValidationFraction));
        Assert.Equal(Optimizer.Momentum(Schedule.WarmupCosine(1e-3, 50)), options.Optimizer);
        Assert.Equal(Regularizer.L2(0.01), options.Regularizer);
        Assert.Equal(GradientTransform.ClipByValue(-0.5, 0.5), options.Gradients);
    }
}
