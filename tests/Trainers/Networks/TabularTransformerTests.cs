using System.Text.Json;
using Microsoft.ML;
using MLNet.GradStability.Tests.Inputs;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Networks;

/// <summary>How <see cref="Network.TabularTransformer"/> is put together, computes and learns; and embeddings in front of other networks, against PyTorch (tests/Reference/networks).</summary>
public class TabularTransformerTests
{
    private const double Tolerance = 5e-6;
    private static readonly InputColumn[] Keys = [new("City", 1, false, 4, null), new("Marks", 2, true, 2, null)];

    private static readonly Dictionary<string, (Network Network, int Numbers, InputColumn[] Keys)> Networks = new()
    {
        ["numbers"] = (Network.TabularTransformer(6, 2, 3, dropout: 0, attentionDropout: 0), 3, []),
        ["one block"] = (Network.TabularTransformer(4, 1, 1, 2, 0, 0), 2, []),
        ["keys"] = (Network.TabularTransformer(4, 2, 2, 1.5, 0, 0), 0, Keys),
        ["mixed"] = (Network.TabularTransformer(6, 3, 2, dropout: 0, attentionDropout: 0), 2, Keys),
        ["embedding"] = (Network.Mlp([5], Activation.Tanh()), 2, Keys),
    };

    private static readonly Dictionary<string, JsonElement> References = Support.Reference("networks/tokens.json").RootElement.GetProperty("cases").EnumerateArray()
        .ToDictionary(item => item.GetProperty("kind").GetString()!);

    public static TheoryData<string> Cases => [.. Networks.Keys];

    [Fact]
    public void Every_case_is_tried() => Assert.Equal(Networks.Keys, References.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_computes_what_PyTorch_computes(string kind)
    {
        using var scope = NewDisposeScope();
        var expected = References[kind];
        using var network = Built(kind);
        var parameters = network.named_parameters().ToDictionary(named => named.name, named => (Tensor)named.parameter);
        Support.Fill(parameters, expected.GetProperty("start"));

        foreach (var (input, output) in new[] { ("fresh_input", "evaluation_output"), ("input", "training_output") })
        {
            network.train(input == "input");
            var outputs = network.call(Rows(expected.GetProperty(input)));
            Support.AssertClose(expected.GetProperty(output).Numbers(), outputs.ToArray(), Tolerance);
            if (input == "input")
            {
                outputs.square().mean().backward();
            }
        }

        Assert.All(
            expected.GetProperty("gradients").EnumerateObject(), item => Support.AssertClose(item.Value.Numbers(), parameters[item.Name].grad!.ToArray(), Tolerance));
    }

    [Theory]
    [Trait("Row", "R28")]
    [InlineData("mixed")]
    [InlineData("embedding")]
    public void Gradients_of_parameters_are_those_of_finite_differences(string kind)
    {
        using var scope = NewDisposeScope();
        using var network = Built(kind).to(ScalarType.Float64);
        using var random = new Generator(3);
        using (no_grad())
        {
            foreach (var parameter in network.parameters())
            {
                parameter.add_(randn(parameter.shape, ScalarType.Float64, generator: random) * 0.3);
            }
        }

        var inputs = Rows(References[kind].GetProperty("input")).to(ScalarType.Float64);
        Tensor Value() => network.call(inputs).square().sum();
        Value().backward();

        Assert.All(network.named_parameters(), named => FiniteDifferences.AssertSame(FiniteDifferences.Gradient(named.parameter, () => Value().ToDouble()), named.parameter.grad!.ToArray()));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weights_are_counted_without_building(string kind)
    {
        using var scope = NewDisposeScope();
        using var network = Built(kind);

        Assert.Equal(network.parameters().Where(parameter => parameter.dim() > 1).Sum(parameter => parameter.numel()), Networks[kind].Network.WeightCount(Layout(kind), new(), 2));
    }

    [Fact]
    public void The_summary_shows_its_blocks()
    {
        var lines = Network.TabularTransformer(4, 2, 2, 1.5).Summary(5, 3).Split('\n');

        Assert.Equal(
            [
                "tokenizer",
                "block0.attention.query", "block0.attention.key", "block0.attention.value", "block0.attention.dropout", "block0.attention.out",
                "block0.feedforward.norm", "block0.feedforward.expand", "block0.feedforward.activation", "block0.feedforward.dropout", "block0.feedforward.shrink",
                "block1.attention_norm",
                "block1.attention.query", "block1.attention.key", "block1.attention.value", "block1.attention.dropout", "block1.attention.out",
                "block1.feedforward.norm", "block1.feedforward.expand", "block1.feedforward.activation", "block1.feedforward.dropout", "block1.feedforward.shrink",
                "norm", "activation", "output", "total",
            ],
            lines.Skip(1).SkipLast(1).Select(line => line.Split(' ')[0]));
        Assert.Contains("[batch, 6, 4]", lines[1], StringComparison.Ordinal);
        Assert.EndsWith($" {44 + (2 * (80 + 8 + 60 + 28)) + 8 + 8 + 15}", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Dropout_draws_at_each_of_its_places_and_from_the_generator_alone()
    {
        using var scope = NewDisposeScope();
        foreach (var network in new[] { Network.TabularTransformer(4, 1, 2, 2, 0.5, 0, 0), Network.TabularTransformer(4, 1, 2, 2, 0, 0.5, 0), Network.TabularTransformer(4, 1, 2, 2, 0, 0, 0.5) })
        {
            using var first = new TestNetwork(network, 5, 2);
            using var second = new TestNetwork(network, 5, 2);
            var rows = Digits();
            first.Module.train();
            second.Module.train();
            var outputs = first.Module.call(rows).ToArray();

            Assert.Equal(outputs, second.Module.call(rows).ToArray());
            Assert.NotEqual(outputs, first.Module.call(rows).ToArray());
            first.Module.eval();
            Assert.Equal(first.Module.call(rows).ToArray(), first.Module.call(rows).ToArray());
        }

        static Tensor Digits() => TestNetwork.Digits(6).narrow(1, 20, 5);
    }

    [Fact]
    public void It_learns_what_hangs_on_numbers_and_keys()
    {
        var ml = new MLContext(1);
        var options = MixedRow.Options with { LabelColumnName = "Number", Network = Network.TabularTransformer(16, 2, 4), Epochs = 60, Optimizer = Optimizer.AdamW(Schedule.WarmupCosine(3e-3, 50)) };
        using var model = ml.Regression.Trainers.NeuralNetwork(options).Fit(MixedRow.View(ml, 600));
        var metrics = ml.Regression.Evaluate(model.Transform(MixedRow.View(ml, 300, seed: 2)), "Number");

        Assert.True(metrics.RSquared > 0.95, $"{metrics.RSquared}");
        Assert.Empty(model.Model.Training!.Incidents);
        Assert.Equal(0, model.Model.Training.SkippedSteps);
    }

    [Fact]
    public void Sizes_of_embeddings_have_no_place_beside_it()
    {
        var ml = new MLContext(1);
        var options = MixedRow.Options with { LabelColumnName = "Number", Network = Network.TabularTransformer(8, 1, 2), CategoricalEmbedding = new() { Size = 3 } };
        var error = Assert.Throws<ArgumentException>(() => ml.Regression.Trainers.NeuralNetwork(options).Fit(MixedRow.View(ml)));

        Assert.Equal("CategoricalEmbedding must be left at its default beside Network.TabularTransformer, whose keys have vectors of its width. Leave it out, or use another network.", error.Message);
    }

    [Theory]
    [InlineData(1, 1, 1, 2, 0, "width must be from 2 to 65536; got 1.")]
    [InlineData(8, 0, 2, 2, 0, "blocks must be from 1 to 1000; got 0.")]
    [InlineData(8, 1, 3, 2, 0, "heads must be 1 or greater and divide width, 8; got 3.")]
    [InlineData(8, 1, 0, 2, 0, "heads must be 1 or greater and divide width, 8; got 0.")]
    [InlineData(8, 1, 2, 0.1, 0, "expansion must be a number whose product with width is from 1 to 65536; got 0.1.")]
    [InlineData(8, 1, 2, double.NaN, 0, "expansion must be a number whose product with width is from 1 to 65536; got NaN.")]
    [InlineData(8, 1, 2, 2, 1, "attentionDropout must be at least 0 and below 1; got 1.")]
    public void What_cannot_be_is_refused(int width, int blocks, int heads, double expansion, double dropout, string message)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => Network.TabularTransformer(width, blocks, heads, expansion, dropout));

        Assert.StartsWith($"Network.TabularTransformer: {message}", error.Message, StringComparison.Ordinal);
    }

    private static InputLayout Layout(string kind) =>
        new([.. Networks[kind].Numbers > 0 ? [new InputColumn("Sizes", Networks[kind].Numbers, true, 0, null)] : Array.Empty<InputColumn>(), .. Networks[kind].Keys]);

    private static nn.Module<Tensor, Tensor> Built(string kind) => NetworkFactory.Build(new NeuralNetworkOptions { Network = Networks[kind].Network }, Layout(kind), 2, 1, null);

    private static Tensor Rows(JsonElement rows) => tensor(rows.Numbers(), float32).view(rows.GetArrayLength(), -1);
}
