namespace MLNet.GradStability.Tests.Optimizers;

/// <summary>The weight decay that AdamW chooses by the length of the run.</summary>
public class RunDecayTests
{
    private static readonly Optimizer Chosen = Optimizer.AdamW(Schedule.WarmupCosine(1e-3, 50), weightDecay: null);
    private static readonly Optimizer Given = Optimizer.AdamW(1e-3, 0.3);

    [Theory]
    [InlineData(300, 1, 3)]
    [InlineData(300, 3, 3)]
    [InlineData(300, 101, 0.0891)]
    [InlineData(10_000, 2, 0.2)]
    [InlineData(10_000, 30, 0.02)]
    [InlineData(1_000_000, 3, 0.002)]
    public void Weights_that_nothing_keeps_up_shrink_alike_in_runs_of_any_length_and_networks_of_any_depth(long steps, double depth, double decay)
    {
        var bound = (AdamWOptimizer)Chosen.For(new RunLength(steps, 10), depth);

        Assert.Equal(decay, bound.WeightDecay!.Value, decay / 100);
        Assert.Equal(Chosen.Rate, bound.Rate);
    }

    [Fact]
    public void A_given_decay_and_the_rules_for_layers_are_kept()
    {
        var run = new RunLength(100, 10);

        Assert.Same(Given, Given.For(run, 3));
        Assert.Equal(Chosen, Descriptions.FromJson<Optimizer>(Descriptions.ToJson(Chosen)));
        Assert.Equal(Chosen.Freeze("hidden*").LayerRules, Chosen.Freeze("hidden*").For(run, 3).LayerRules);
        var sam = (SamOptimizer)Optimizer.Sam(Chosen).Freeze("hidden*").For(run, 3);
        Assert.Equal(3, ((AdamWOptimizer)sam.Inner).WeightDecay);
        Assert.Single(sam.LayerRules);
    }

    [Fact]
    public void A_signal_passes_the_weights_of_a_recurrent_network_at_each_step()
    {
        Assert.Equal(4, Network.Mlp([8, 8, 8]).PathLength(4));
        Assert.Equal(201, Network.Recurrent(RecurrentCell.Irnn, [100, 2], 8, layers: 2).PathLength(5));
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
