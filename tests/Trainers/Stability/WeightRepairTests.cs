using Microsoft.ML;

namespace MLNet.GradStability.Tests;

/// <summary>First weights that cannot be trained from are noticed before the first step, and only those.</summary>
[Trait("Row", "R25")]
public sealed class WeightRepairTests
{
    private readonly MLContext _ml = new(1);

    public static TheoryData<string, Initializer> Usual => new()
    {
        { "relu", Initializer.HeNormal() },
        { "relu", Initializer.XavierUniform() },
        { "relu", Initializer.Orthogonal() },
        { "relu", Initializer.Lsuv() },
        { "relu", Initializer.Normal(0.05) },
        { "tanh", Initializer.XavierNormal() },
        { "sigmoid", Initializer.XavierNormal() },
    };

    [Fact]
    public void Weights_that_explode_are_drawn_anew()
    {
        var incident = Assert.Single(Start(40, Initializer.Normal(0.5), Activation.Relu()));

        Assert.Equal((IncidentKind.UntrainableStart, GuardReaction.Repaired), (incident.Kind, incident.Reaction));
        Assert.StartsWith("hidden", incident.Layer, StringComparison.Ordinal);
        Assert.Contains("grows to", incident.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_in_which_all_signal_vanishes_are_drawn_anew()
    {
        var incident = Assert.Single(Start(20, Initializer.Normal(0.01), Activation.Relu()));

        Assert.Equal(GuardReaction.Repaired, incident.Reaction);
        Assert.Contains("shrinks to", incident.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void On_request_weights_stay_as_they_are_drawn() =>
        Assert.Empty(Start(20, Initializer.Normal(0.01), Activation.Relu(), new StabilityPolicy { RepairInitialWeights = false }));

    [Theory]
    [MemberData(nameof(Usual))]
    public void Usual_weights_are_left_alone(string activation, Initializer initializer) =>
        Assert.Empty(Start(3, initializer, activation switch { "relu" => Activation.Relu(), "tanh" => Activation.Tanh(), _ => Activation.Sigmoid() }));

    [Fact]
    public void Normalised_and_residual_networks_are_left_alone()
    {
        Assert.Empty(Start(Network.Mlp([.. Enumerable.Repeat(16, 40)], normalization: Normalization.Batch()), Initializer.Normal(0.01), new StabilityPolicy()));
        Assert.Empty(Start(Network.Mlp([.. Enumerable.Repeat(16, 41)], residual: true), Initializer.Fixup(), new StabilityPolicy()));
    }

    private IReadOnlyList<Incident> Start(int depth, Initializer initializer, Activation activation, StabilityPolicy? policy = null) =>
        Start(Network.Mlp([.. Enumerable.Repeat(32, depth)], activation), initializer, policy ?? new StabilityPolicy());

    private IReadOnlyList<Incident> Start(Network network, Initializer initializer, StabilityPolicy policy)
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            LabelColumnName = "Ring",
            Network = network,
            Initializer = initializer,
            Stability = policy,
            Seed = 1,
            CancellationToken = stop.Token,
        }).Fit(Samples.RingsView(_ml));
        return model.Model.Training!.Incidents;
    }
}
