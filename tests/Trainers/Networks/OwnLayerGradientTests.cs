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

        var inputs = randn([5, 4], ScalarType.Float64, generator: random);
        var mix = randn([5, layer.call(inputs).shape[1]], ScalarType.Float64, generator: random);
        Tensor Value(Tensor x) => (layer.call(x).square() * mix).sum();

        Value(inputs).backward();
        foreach (var parameter in layer.parameters())
        {
            var gradient = parameter.grad!.ToArray();
            FiniteDifferences.AssertSame(FiniteDifferences.Gradient(parameter, () => Value(inputs).ToDouble()), gradient);
        }

        FiniteDifferences.AssertAutograd(inputs, Value);
    }

    private static nn.Module<Tensor, Tensor> Built(string kind)
    {
        // Layers draw their first weights from the process-wide state: seeded, every run checks the same point.
        using var _ = new GlobalRandomScope(1);
        return Layers[kind]();
    }
}
