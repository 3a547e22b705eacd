using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>What a gradient transform may know about the step at hand.</summary>
public sealed class GradientStep
{
    private readonly ParameterSet _all;
    private double? _globalNorm;

    internal GradientStep(ParameterSet all, long index, double globalNorm, Generator random)
    {
        _all = all;
        _globalNorm = globalNorm;
        Index = index;
        Random = random;
    }

    /// <summary>The number of this update, from 0.</summary>
    public long Index { get; }

    /// <summary>The run's own generator.</summary>
    public Generator Random { get; }

    /// <summary>‖g‖₂ over all gradients of <paramref name="parameters"/> as they stand now.</summary>
    /// <param name="parameters">The set that the transform was bound to.</param>
    public double GlobalNorm(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return ReferenceEquals(parameters, _all) ? _globalNorm ??= parameters.GradientNorm() : parameters.GradientNorm();
    }

    /// <summary>Says that gradients were changed, so that the next transform measures anew.</summary>
    internal void Changed() => _globalNorm = null;
}
