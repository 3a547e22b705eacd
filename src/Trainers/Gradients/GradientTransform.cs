namespace MLNet.GradStability;

/// <summary>
/// Describes what happens to the gradients between the backward pass and the optimiser step: clipping above all.
/// Transforms compose: <c>a.Then(b)</c> is a transform, and <c>a.Where("hidden*")</c> narrows one to layers by name.
/// </summary>
/// <remarks>
/// <para>
/// A description holds no state; <see cref="Bind"/> makes fresh state for each fit. A non-finite gradient never reaches a transform: the
/// training loop checks first and skips such a step. Shapes are kept, and finite gradients stay finite.
/// </para>
/// <para>
/// Norms are ‖g‖₂ unless said otherwise. The loop measures the global norm anyway, once a step; a transform that needs the norm of changed
/// gradients, or of some layers, on the host waits for the device once more, and its description says so.
/// </para>
/// </remarks>
public abstract record GradientTransform
{
    /// <summary>Cuts each gradient to an interval: g ← min(max(g, min), max). The direction changes.</summary>
    /// <param name="min">Lower bound; finite and below <paramref name="max"/>. An interval without 0 turns zero gradients into steps.</param>
    /// <param name="max">Upper bound; finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or min is not below max.</exception>
    public static GradientTransform ClipByValue(double min, double max) => new ValueClipping(min, max);

    /// <summary>
    /// Scales each parameter's gradient on its own when its norm exceeds <paramref name="maxNorm"/>: g ← g · min(1, maxNorm / (‖g‖₂ + 1e-6)).
    /// </summary>
    /// <param name="maxNorm">The threshold for every parameter; finite and greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not finite or not greater than 0.</exception>
    public static GradientTransform ClipByNorm(double maxNorm) => new NormClipping(maxNorm);

    /// <summary>
    /// Scales all gradients together when their global norm exceeds <paramref name="maxNorm"/>: g ← g · min(1, maxNorm / (‖g‖ + 1e-6))
    /// (Pascanu et al. 2013, arXiv:1211.5063; the form of torch.nn.utils.clip_grad_norm_). The direction is kept.
    /// </summary>
    /// <param name="maxNorm">The threshold; finite and greater than 0. 1 is the usual value.</param>
    /// <param name="norm">The norm; default <see cref="NormOrder.L2"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not finite or not greater than 0, or the norm is none of the three.</exception>
    public static GradientTransform ClipByGlobalNorm(double maxNorm, NormOrder norm = NormOrder.L2) => new GlobalNormClipping(maxNorm, norm);

    /// <summary>
    /// Adaptive gradient clipping: limits each unit's gradient by the size of its weights. With limit = λ·max(‖w‖, ε): where ‖g‖ &gt; limit,
    /// g ← g · limit / max(‖g‖, 1e-6) (Brock et al. 2021, arXiv:2102.06171; timm's form). A unit is a row of <c>[out, in]</c> or a filter of a
    /// convolution; a bias or scale is one unit as a whole.
    /// </summary>
    /// <param name="lambda">λ; finite and greater than 0; default 0.01.</param>
    /// <param name="epsilon">ε; finite and greater than 0; default 1e-3. It lets weights of 0 move.</param>
    /// <param name="clipOutput">Whether the layer named <see cref="Network.OutputLayer"/> is clipped too; default false, as in the paper. Needed where it is the only layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static GradientTransform Adaptive(double lambda = 0.01, double epsilon = 1e-3, bool clipOutput = false) =>
        new AdaptiveClipping(lambda, epsilon, clipOutput);

    /// <summary>
    /// Clips the global norm at a percentile of the norms seen so far, this one included, from the first step on
    /// (Seetharaman et al. 2020, arXiv:2007.14469).
    /// </summary>
    /// <param name="percentile">The percentile, 0 to 100; default 10.</param>
    /// <param name="history">How many norms are remembered, 1 or more; default 10 000.</param>
    /// <remarks>
    /// Departures: the paper remembers all norms; norms of 0 are left out here, since a threshold of 0 would stop the network. After another
    /// transform, or on some layers, it costs one more device sync.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static GradientTransform AutoClip(double percentile = 10, int history = 10_000) => new AutoClipping(percentile, history);

    /// <summary>
    /// Clips the global norm n when it stands out from a moving mean μ and deviation σ: with z = (n − μ)/(σ + 1e-6), where z &gt; zThreshold the norm is
    /// brought to μ + zThreshold²·σ/z; then μ ← αμ + (1−α)n and σ² ← ασ² + (1−α)(n − μ)², fed with the clipped norm (Kumar et al. 2025, arXiv:2504.02507).
    /// </summary>
    /// <param name="zThreshold">Deviations above the mean that are let through; finite and greater than 0; default 2.5.</param>
    /// <param name="alpha">α, 0 ≤ α &lt; 1; default 0.97.</param>
    /// <param name="warmupSteps">Norms that give the first μ and σ, 2 or more; default 25. They are not clipped: put <see cref="ClipByGlobalNorm"/> in front to bound them.</param>
    /// <remarks>Departure: norms of 0 are left out, since a mean of 0 would stop the network. After another transform, or on some layers, it costs one more device sync.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static GradientTransform ZClip(double zThreshold = 2.5, double alpha = 0.97, int warmupSteps = 25) => new ZScoreClipping(zThreshold, alpha, warmupSteps);

    /// <summary>
    /// AdaGC: limits each parameter's norm by a moving average γ of its own clipped norms: g ← g · min(1, λγ/‖g‖), γ ← βγ + (1−β)‖g‖; in the first
    /// steps the global norm is clipped instead, while γ is gathered (arXiv:2502.11034).
    /// </summary>
    /// <param name="lambda">λ; finite and 1 or greater; default 1.05.</param>
    /// <param name="beta">β, 0 ≤ β &lt; 1; default 0.98.</param>
    /// <param name="warmupSteps">Steps with global clipping, 0 or more; default 100.</param>
    /// <param name="warmupMaxNorm">Their threshold; finite and greater than 0; default 1.</param>
    /// <remarks>γ starts at the first norm above 0, and norms of 0 are left out of it: a γ of 0 would freeze its parameter for ever.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static GradientTransform AdaGc(double lambda = 1.05, double beta = 0.98, int warmupSteps = 100, double warmupMaxNorm = 1) =>
        new AdaGcClipping(lambda, beta, warmupSteps, warmupMaxNorm);

    /// <summary>
    /// The spike-aware clip of SPAM, number by number: where g² &gt; θ·v, g ← sign(g)·√(θv); then v ← βv + (1−β)g² (Huang et al. 2025, arXiv:2501.06842).
    /// </summary>
    /// <param name="theta">θ; finite and greater than 1; default 5000.</param>
    /// <param name="beta">β, 0 ≤ β &lt; 1; default 0.999.</param>
    /// <remarks>
    /// Departures: v is kept here and not read from Adam, so that it goes with any optimiser; a number whose v is 0, as at the first step, passes; the
    /// momentum resets of the paper are no part of it. It keeps one number for each parameter.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static GradientTransform SpamClip(double theta = 5000, double beta = 0.999) => new SpamClipping(theta, beta);

    /// <summary>
    /// Takes the mean out of each unit's gradient: g ← g − mean(g) over all dimensions but the first, for parameters of two dimensions or more
    /// (Yong et al. 2020, arXiv:2004.01461).
    /// </summary>
    public static GradientTransform Centralise() => new Centralisation();

    /// <summary>Adds noise that fades: g ← g + N(0, σ²), σ² = η/(1+t)^decay at step t from 0, drawn from the run's generator (Neelakantan et al. 2015, arXiv:1511.06807).</summary>
    /// <param name="eta">η, the variance at the first step; finite and greater than 0; usual values are 0.01, 0.3 and 1.</param>
    /// <param name="decay">The exponent; finite, 0 or greater; default 0.55.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static GradientTransform Noise(double eta, double decay = 0.55) => new GradientNoise(eta, decay);

    /// <summary>
    /// Changes nothing and reports the norms of the gradients at this place in a chain: <c>Measure(before).Then(ClipByGlobalNorm(1)).Then(Measure(after))</c>.
    /// </summary>
    /// <param name="receiver">Takes each measurement, on the training thread; it must not wait long. It is no part of the JSON form: a description read back measures nothing.</param>
    /// <param name="every">Measures the steps whose number this divides, 1 or more; default 1.</param>
    /// <remarks>One device sync for each measurement.</remarks>
    /// <exception cref="ArgumentNullException">The receiver is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static GradientTransform Measure(IProgress<GradientMeasurement> receiver, int every = 1) => new GradientMeasuring(receiver, every);

    /// <summary>This transform first, then <paramref name="next"/>.</summary>
    /// <param name="next">The transform that works on the result of this one.</param>
    public GradientTransform Then(GradientTransform next) => new GradientChain([this, next]);

    /// <summary>This transform for the parameters whose name fits <paramref name="pattern"/> alone; norms are taken over those.</summary>
    /// <param name="pattern">A name or layer name, <c>*</c> for any characters and <c>?</c> for one: <c>hidden0.weight</c>, <c>hidden*</c>.</param>
    /// <exception cref="ArgumentException">The pattern is empty. A pattern that fits no parameter is an error when <c>Fit</c> starts.</exception>
    public GradientTransform Where(string pattern) => new GradientWhere(this, pattern);

    /// <summary>Makes the state of this transform for one fit, or for a training loop of your own.</summary>
    /// <param name="parameters">The parameters whose gradients it works on.</param>
    public abstract BoundGradientTransform Bind(ParameterSet parameters);
}
