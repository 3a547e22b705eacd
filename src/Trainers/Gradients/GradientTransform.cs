namespace MLNet.GradStability;

/// <summary>
/// Describes what happens to the gradients between the backward pass and the optimiser step: clipping above all.
/// Transforms compose: <c>a.Then(b)</c> is a transform, and <c>a.Where("hidden*")</c> narrows one to layers by name.
/// </summary>
/// <remarks>
/// A description holds no state; <see cref="Bind"/> makes fresh state for each fit. A non-finite gradient never reaches a
/// transform: the training loop checks first and skips such a step.
/// </remarks>
public abstract record GradientTransform
{
    /// <summary>
    /// Scales all gradients together when their global norm ‖g‖₂ exceeds <paramref name="maxNorm"/>:
    /// g ← g · min(1, maxNorm / (‖g‖₂ + 1e-6)) (Pascanu et al. 2013, arXiv:1211.5063). The direction is kept.
    /// </summary>
    /// <param name="maxNorm">The threshold; finite and greater than 0. 1 is the usual value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not finite or not greater than 0.</exception>
    public static GradientTransform ClipByGlobalNorm(double maxNorm) => new GlobalNormClipping(maxNorm);

    /// <summary>This transform first, then <paramref name="next"/>.</summary>
    /// <param name="next">The transform that works on the result of this one.</param>
    public GradientTransform Then(GradientTransform next) => new GradientChain([this, next]);

    /// <summary>This transform for the parameters whose name fits <paramref name="pattern"/> alone; norms are taken over those.</summary>
    /// <param name="pattern">A name or layer name, <c>*</c> for any characters and <c>?</c> for one: <c>hidden0.weight</c>, <c>hidden*</c>.</param>
    /// <exception cref="ArgumentException">The pattern is empty. A pattern that fits no parameter is an error when <c>Fit</c> starts.</exception>
    public GradientTransform Where(string pattern) => new GradientWhere(this, pattern);

    /// <summary>Makes the state of this transform for one fit.</summary>
    /// <param name="parameters">The parameters whose gradients it works on.</param>
    public abstract BoundGradientTransform Bind(ParameterSet parameters);
}
