using MLNet.GradStability;

namespace Samples.Cli;

internal static class Activations
{
    public static readonly KindTable<Activation> Table = new("activations", "--activation",
    [
        new("relu", "", "max(0, x)", _ => Activation.Relu()),
        new("leaky-relu", "slope=0.01", "x above 0, slope·x below", a => Activation.LeakyRelu(a.Number("slope"))),
        new("elu", "alpha=1", "x above 0, alpha·(eˣ − 1) below", a => Activation.Elu(a.Number("alpha"))),
        new("selu", "", "the scaled ELU of self-normalising networks", _ => Activation.Selu()),
        new("gelu", "", "x·Φ(x)", _ => Activation.Gelu()),
        new("silu", "", "x·sigmoid(x)", _ => Activation.Silu()),
        new("mish", "", "x·tanh(ln(1 + eˣ))", _ => Activation.Mish()),
        new("tanh", "", "tanh(x)", _ => Activation.Tanh()),
        new("sigmoid", "", "1/(1 + e⁻ˣ)", _ => Activation.Sigmoid()),
    ]);
}
