using MLNet.GradStability;

namespace Samples.Cli;

internal static class Initializers
{
    public static readonly KindTable<Initializer> Table = new("initializers", "--init",
    [
        new("isometric", "", "orthogonal, a linear map at the start, at any depth (default)", _ => Initializer.Isometric()),
        new("by-activation", "", "normal, by the gain of the activation behind each layer", _ => Initializer.ByActivation()),
        new("he", "slope=0", "He normal, for ReLU, or leaky ReLU of a slope", a => Initializer.HeNormal(a.Number("slope"))),
        new("he-uniform", "slope=0", "He uniform", a => Initializer.HeUniform(a.Number("slope"))),
        new("xavier", "gain=1", "Xavier (Glorot) normal, for tanh and sigmoid", a => Initializer.XavierNormal(a.Number("gain"))),
        new("xavier-uniform", "gain=1", "Xavier uniform", a => Initializer.XavierUniform(a.Number("gain"))),
        new("lecun", "", "LeCun normal, for SELU", _ => Initializer.LeCunNormal()),
        new("lecun-uniform", "", "LeCun uniform", _ => Initializer.LeCunUniform()),
        new("orthogonal", "gain=1", "orthonormal rows times a gain", a => Initializer.Orthogonal(a.Number("gain"))),
        new("delta-orthogonal", "gain=1", "an orthogonal matrix at the centre of each kernel", a => Initializer.DeltaOrthogonal(a.Number("gain"))),
        new("lsuv", "tolerance=0.1", "orthonormal, then scaled to variance 1 on the first batch", a => Initializer.Lsuv(a.Number("tolerance"))),
        new("fixup", "", "residual branches scaled down by their number", _ => Initializer.Fixup()),
        new("identity", "scale=1", "ones on the diagonal", a => Initializer.Identity(a.Number("scale"))),
        new("normal", "std,mean=0", "normal with a fixed deviation", a => Initializer.Normal(a.Number("std"), a.Number("mean"))),
        new("uniform", "low,high", "uniform between two bounds", a => Initializer.Uniform(a.Number("low"), a.Number("high"))),
        new("truncated-normal", "std", "normal, cut at two deviations", a => Initializer.TruncatedNormal(a.Number("std"))),
        new("constant", "value", "every weight the same", a => Initializer.Constant(a.Number("value"))),
        new("bias", "value", "biases of one value, no other parameter", a => Initializer.Bias(a.Number("value"))),
    ])
    {
        Join = (first, next) => first.Then(next),
        Narrow = (initializer, pattern) => initializer.Where(pattern),
    };
}
