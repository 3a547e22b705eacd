using Microsoft.ML;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability.Tests.Networks;

/// <summary>Networks of a user's own: how they start, draw, are kept, and what is said when they do not do.</summary>
[Collection(nameof(Alone))]
public class CustomNetworkTests
{
    [Fact]
    public void Without_an_activation_the_module_keeps_its_first_weights()
    {
        using var network = new TestNetwork(OwnNets.Registered(), 4, 2, Initializer.Isometric());
        using var other = new TestNetwork(OwnNets.Registered(), 4, 2, Initializer.HeNormal());
        var bound = 1 / Math.Sqrt(4);

        Assert.Equal(network.Numbers, other.Numbers);
        Assert.All(network["_hidden.weight"], weight => Assert.InRange(weight, -bound, bound));
        Assert.Contains(network["_hidden.bias"], bias => bias != 0);
    }

    [Fact]
    public void What_is_named_follows_the_initialiser()
    {
        using var network = new TestNetwork(OwnNets.Registered(), 4, 2, Initializer.Constant(0.5).Where("_output*"));

        Assert.All(network["_output.weight"], weight => Assert.Equal(0.5, weight));
        Assert.Contains(network["_hidden.weight"], weight => weight != 0.5);
    }

    [Fact]
    public void With_an_activation_the_initialiser_starts_all()
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(OwnNets.Registered(Activation.Relu()), 8, 2, Initializer.Orthogonal());
        var weight = network.Parameters["_hidden.weight"];

        Support.AssertClose((eye(6) * 2).ToArray(), weight.matmul(weight.t()).ToArray(), 1e-5);
        Assert.All(network["_hidden.bias"], bias => Assert.Equal(0, bias));
    }

    [Fact]
    public void An_initialiser_that_would_do_nothing_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Fit(OwnNets.Registered(), Initializer.HeNormal()));

        Assert.StartsWith("Initializer must be left at its default beside Network.Custom \"tests-own-net\", which keeps the first weights", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_draws_at_random_follows_the_seed()
    {
        using var first = Fit(OwnNets.Mixed());
        using var noise = rand(17);
        using var second = Fit(OwnNets.Mixed());
        using var none = Fit(OwnNets.Registered());

        Assert.Equal(Weights(first), Weights(second));
        Assert.NotEqual(Weights(first), Weights(none));
    }

    [Fact]
    public void A_record_of_ones_own_has_numbers_to_vary()
    {
        var network = OwnNets.Record(5);
        var json = Descriptions.ToJson(network);

        Assert.Equal("{\"kind\":\"tests-own-network\",\"width\":5,\"activation\":null}", json);
        Assert.Equal(network, Descriptions.FromJson<Network>(json));
        Assert.Contains("[batch, 5]", network.Summary(3, 2), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_nobody_registered_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Network.Custom("never-registered"));
        var loaded = Assert.Throws<FormatException>(() => Descriptions.FromJson<Network>("{\"kind\":\"custom\",\"name\":\"never-registered\",\"activation\":null}"));

        Assert.StartsWith("Network.Custom: name must be that of a registered module; got \"never-registered\", registered: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Call NetworkModules.Register(\"never-registered\", (inputSize, outputSize) => …) first, when the program starts.", error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Message, loaded.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "the module must be given; got null. Return a module.")]
    [InlineData("same", "the module must be a new one on each call; got the same as before. Make the module inside the function.")]
    [InlineData("empty", "the module must have a parameter to train; it has none. Call RegisterComponents()")]
    [InlineData("outputs", "the module must return [rows, 2]; got [2, 3] for 2 rows. Give the last layer the outputSize")]
    [InlineData("throws", "the module must take [rows, 4]; it says: no such thing Give the first layer the inputSize")]
    public void A_module_that_does_not_do_is_refused(string fault, string message)
    {
        var name = $"tests-{fault}";
        var shared = Linear(4, 2);
        NetworkModules.Register(name, (inputs, outputs) => fault switch
        {
            "null" => null!,
            "same" => shared,
            "empty" => Identity(),
            "outputs" => Linear(inputs, 3),
            _ => new Throwing(inputs, outputs),
        });

        void Build()
        {
            using var scope = NewDisposeScope();
            NetworkFactory.Build(Network.Custom(name), 4, 2, 1, null);
            NetworkFactory.Build(Network.Custom(name), 4, 2, 1, null);
        }

        Assert.StartsWith($"Network.Custom \"{name}\": {message}", Assert.Throws<ArgumentException>(Build).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_function_takes_the_place_of_the_first()
    {
        NetworkModules.Register("tests-twice", (inputs, outputs) => Linear(inputs, outputs));
        NetworkModules.Register("tests-twice", (inputs, outputs) => new OwnNets.OwnNet(inputs, 3, outputs));

        Assert.Contains("_shortcut", Network.Custom("tests-twice").Summary(4, 2), StringComparison.Ordinal);
    }

    private static NeuralNetworkTransformer Fit(Network network, Initializer? initializer = null)
    {
        var ml = new MLContext(1);
        var options = new NeuralNetworkOptions { Network = network, Epochs = 2, BatchSize = 16, LabelColumnName = "Ring", Seed = 4 };
        return ml.MulticlassClassification.Trainers.NeuralNetwork(initializer is null ? options : options with { Initializer = initializer }).Fit(Samples.RingsView(ml, 65));
    }

    private static double[] Weights(NeuralNetworkTransformer model) => [.. model.Model.Module.parameters().SelectMany(parameter => Support.ToArray(parameter))];

    private sealed class Throwing : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> _layer;

        public Throwing(long inputs, long outputs)
            : base(nameof(Throwing))
        {
            _layer = Linear(inputs, outputs);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => throw new InvalidOperationException("no such thing\nat all");
    }
}
