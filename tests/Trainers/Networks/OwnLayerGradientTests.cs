using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>Gradients of the library's own layers, and of networks made of them, against finite differences in double precision.</summary>
[Trait("Row", "R28")]
[Collection(nameof(Alone))]
public class OwnLayerGradientTests
{
    private static readonly Dictionary<string, Func<nn.Module<Tensor, Tensor>>> Layers = new()
    {
        ["batch, training"] = () => new BatchNormalizationLayer(4, 0.1, 1e-5),
        ["batch, scoring"] = () => new BatchNormalizationLayer(4, 0.1, 1e-5),
        ["group"] = () => new GroupNormalizationLayer(4, 2, 1e-5),
        ["layer"] = () => new GroupNormalizationLayer(4, 1, 1e-5),
        ["weight"] = () => new WeightNormalizedLinear(4, 3),
        ["weight, one unit"] = () => new WeightNormalizedLinear(4, 1),
        ["spectral, scoring"] = () => new SpectralNormalizedLinear(4, 3, 1),
        ["multiplier"] = () => new Multiplier(),
        ["residual, scoring"] = () => Network.Mlp([4, 4, 4], Activation.Silu(), 0, Normalization.Layer(), WeightNormalization.Weight(), residual: true).Build(4, 2, null),
        ["channel mean [2, 3, 2]"] = () => new ChannelMean(),
        ["block, scoring [2, 4, 3]"] = () => new ResidualBlock(new ResidualBlockShape(2, 2, 3, 2, IsBottleneck: false), Activation.Silu(), Normalization.Batch()),
        ["block, training [4, 3, 2]"] = () => new ResidualBlock(new ResidualBlockShape(1, 4, 1, 1, IsBottleneck: true), Activation.Tanh(), Normalization.Layer()),
        ["recurrent, RNN [3, 2]"] = () => new RecurrentLayer(RecurrentCell.Rnn, 2, 3, bidirectional: false),
        ["recurrent, IRNN [3, 2]"] = () => new RecurrentLayer(RecurrentCell.Irnn, 2, 3, bidirectional: false),
        ["recurrent, GRU [3, 2]"] = () => new RecurrentLayer(RecurrentCell.Gru, 2, 3, bidirectional: true),
        ["recurrent, LSTM [3, 2]"] = () => new RecurrentLayer(RecurrentCell.Lstm, 2, 3, bidirectional: true),
        ["last [3, 4]"] = () => new SequenceEnd(SequenceOutput.Last, bidirectional: false),
        ["last of both ends [3, 4]"] = () => new SequenceEnd(SequenceOutput.Last, bidirectional: true),
        ["mean [3, 4]"] = () => new SequenceEnd(SequenceOutput.Mean, bidirectional: false),
        ["all [3, 4]"] = () => new SequenceEnd(SequenceOutput.All, bidirectional: false),
        ["cnn, scoring"] = () => Network.Cnn([1, 2, 2], [Layer.Conv(2, 3), Layer.MaxPool(2), Layer.Flatten()], Activation.Silu(), normalization: Normalization.Batch()).Build(4, 2, null),
        ["tokenizer"] = () => new FeatureTokenizer(InputLayout.OfNumbers(4), 3),
        ["attention [3, 4]"] = () => new SelfAttention(4, 2, 0, firstOnly: false, null),
        ["attention of the first [3, 4]"] = () => new SelfAttention(4, 2, 0, firstOnly: true, null),
        ["gated"] = () => new ReGlu(),
        ["transformer, scoring"] = () => Network.TabularTransformer(4, 2, 2, 1.5).Build(4, 2, null),
        ["tabular, training"] = () => Network.TabularResNet(3, 1, 0, 2, Activation.Gelu()).Build(4, 2, null),
    };

    public static TheoryData<string> Cases => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_of_inputs_and_parameters(string kind)
    {
        using var scope = NewDisposeScope();
        using var layer = Built(kind);
        layer.to(ScalarType.Float64);
        layer.train(!kind.Contains("scoring", StringComparison.Ordinal));
        using var random = new Generator(2);
        using (no_grad())
        {
            foreach (var parameter in layer.parameters())
            {
                parameter.add_(randn(parameter.shape, ScalarType.Float64, generator: random) * 0.3);
            }

            (layer as SpectralNormalizedLinear)?.Settle();
        }

        var inputs = randn([5, .. Shape(kind)], ScalarType.Float64, generator: random);
        var mix = randn(layer.call(inputs).shape, ScalarType.Float64, generator: random);
        Tensor Value(Tensor x) => (layer.call(x).square() * mix).sum();

        if (layer.parameters().Any())
        {
            Value(inputs).backward();
        }

        foreach (var parameter in layer.parameters())
        {
            var gradient = parameter.grad!.ToArray();
            FiniteDifferences.AssertSame(FiniteDifferences.Gradient(parameter, () => Value(inputs).ToDouble()), gradient);
        }

        FiniteDifferences.AssertAutograd(inputs, Value);
    }

    /// <summary>The shape of a row, if it is no vector of 4, stands in the name.</summary>
    private static long[] Shape(string kind) =>
        kind.Contains('[', StringComparison.Ordinal) ? [.. kind[(kind.IndexOf('[', StringComparison.Ordinal) + 1)..^1].Split(", ").Select(size => long.Parse(size, CultureInfo.InvariantCulture))] : [4];

    private static nn.Module<Tensor, Tensor> Built(string kind)
    {
        // Layers draw their first weights from the process-wide state: seeded, every run checks the same point.
        using var _ = new GlobalRandomScope(1);
        return Layers[kind]();
    }
}
