using MLNet.GradStability;

namespace Samples.Mitigations;

/// <summary>One change to a setup that is meant to make training more stable.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Apply">Switches it on.</param>
internal sealed record Mitigation(string Name, Func<Setup, Setup> Apply)
{
    /// <summary>All that are compared.</summary>
    public static IReadOnlyList<Mitigation> All { get; } =
    [
        new("He init", setup => setup with { Initializer = Initializer.HeNormal() }),
        new("batch norm", setup => setup with { Normalization = Normalization.Batch() }),
        new("leaky ReLU 0.1", setup => setup with { Activation = Activation.LeakyRelu(0.1) }),
        new("clip norm at 1", setup => setup with { Clipping = GradientTransform.ClipByGlobalNorm(1) }),
        new("momentum 0.9", setup => setup with { Momentum = 0.9 }),
        new("dropout 0.1", setup => setup with { Dropout = 0.1 }),
        new("L2 1e-4", setup => setup with { Regularizer = Regularizer.L2(1e-4) }),
    ];
}
