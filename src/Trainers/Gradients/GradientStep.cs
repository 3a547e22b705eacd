using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>What a gradient transform may know about the step at hand.</summary>
public sealed class GradientStep
{
    private readonly ParameterSet _all;
    private double? _globalNorm;

    /// <summary>A step of a training loop of your own; the library's loop makes its steps itself.</summary>
    /// <param name="parameters">All trainable parameters, after the backward pass.</param>
    /// <param name="index">The number of the update, from 0.</param>
    /// <param name="random">The generator that <see cref="GradientTransform.Noise"/> draws from.</param>
    /// <remarks>
    /// Make one for each step, and apply no transform to gradients that are not finite:
    /// <c>if (double.IsFinite(step.GlobalNorm(parameters))) { transform.Apply(step); optimizer.step(); }</c>. The norm is then measured once.
    /// </remarks>
    public GradientStep(ParameterSet parameters, long index, Generator random)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(random);
        _all = parameters;
        Index = Require.That(index >= 0, index, nameof(GradientStep), nameof(index), "be 0 or greater", "Count the updates from 0.");
        Random = random;
    }

    internal GradientStep(ParameterSet all, long index, double globalNorm, Generator random)
        : this(all, index, random) =>
        _globalNorm = globalNorm;

    /// <summary>The number of this update, from 0.</summary>
    public long Index { get; }

    /// <summary>
    /// The run's own generator. It fills tensors in the processor's memory, as all of TorchSharp's generators do: on a GPU, draw there and move the numbers,
    /// <c>empty(gradient.shape).normal_(0, 1, step.Random).to(gradient.device)</c>.
    /// </summary>
    public Generator Random { get; }

    /// <summary>
    /// ‖g‖₂ over all gradients of <paramref name="parameters"/> as they stand now. For the whole network it is already known when the first
    /// transform runs; else it is one device sync.
    /// </summary>
    /// <param name="parameters">The set that the transform was bound to.</param>
    public double GlobalNorm(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return ReferenceEquals(parameters, _all) ? _globalNorm ??= parameters.GradientNorm() : parameters.GradientNorm();
    }

    /// <summary>The norm where it is known without a device sync.</summary>
    internal double? KnownNorm(ParameterSet parameters) => ReferenceEquals(parameters, _all) ? _globalNorm : null;

    /// <summary>‖g‖₂ over all gradients after the transform that told it by <see cref="Limited"/>; null when none did.</summary>
    internal double? NormAfter { get; private set; }

    /// <summary>Says that gradients were changed, so that the next transform measures anew.</summary>
    internal void Changed()
    {
        _globalNorm = null;
        NormAfter = null;
    }

    /// <summary>Says that all gradients were scaled together until their norm was at most this; <see cref="Changed"/> takes it back.</summary>
    internal void Limited(double norm) => NormAfter = norm;
}
