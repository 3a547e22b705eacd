namespace MLNet.GradStability.Tests.Optimizers;

/// <summary>The weight decay that AdamW chooses by the length of the run.</summary>
public class RunDecayTests
{
    private static readonly Optimizer Chosen = Optimizer.AdamW(Schedule.WarmupCosine(1e-3, 50), weightDecay: null);
    private static readonly Optimizer Given = Optimizer.AdamW(1e-3, 0.3);

    [Theory]
    [InlineData(300, 3)]
    [InlineData(10_000, 0.2)]
    [InlineData(1_000_000, 0.002)]
    public void Weights_that_nothing_keeps_up_shrink_alike_in_runs_of_any_length(long steps, double decay)
    {
        var bound = (AdamWOptimizer)Chosen.For(new RunLength(steps, 10));

        Assert.Equal(decay, bound.WeightDecay!.Value, decay / 100);
        Assert.Equal(Chosen.Rate, bound.Rate);
    }

    [Fact]
    public void A_given_decay_and_the_rules_for_layers_are_kept()
    {
        var run = new RunLength(100, 10);

        Assert.Same(Given, Given.For(run));
        Assert.Equal(Chosen, Descriptions.FromJson<Optimizer>(Descriptions.ToJson(Chosen)));
        Assert.Equal(Chosen.Freeze("hidden*").LayerRules, Chosen.Freeze("hidden*").For(run).LayerRules);
        var sam = (SamOptimizer)Optimizer.Sam(Chosen).Freeze("hidden*").For(run);
        Assert.Equal(3, ((AdamWOptimizer)sam.Inner).WeightDecay);
        Assert.Single(sam.LayerRules);
    }

    [Fact]
    public void It_is_the_default_of_the_options_and_no_more_than_a_decay_of_that_number()
    {
        var options = new NeuralNetworkOptions { LabelColumnName = "Ring", Network = Network.Mlp([8]), Epochs = 2, Seed = 1 };
        var rings = Samples.RingsView(new(1));

        Assert.Equal(Chosen, options.Optimizer);
        Assert.Equal(Loss(options), Loss(options with { Optimizer = Optimizer.AdamW(Chosen.Rate, 3) }));
        Assert.NotEqual(Loss(options), Loss(options with { Optimizer = Optimizer.AdamW(Chosen.Rate, 0) }));

        double Loss(NeuralNetworkOptions chosen)
        {
            using var model = new Microsoft.ML.MLContext(1).MulticlassClassification.Trainers.NeuralNetwork(chosen).Fit(rings);
            return model.Model.Training!.Epochs[^1].Loss;
        }
    }
}
