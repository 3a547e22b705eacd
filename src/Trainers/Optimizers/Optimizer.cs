namespace MLNet.GradStability;

/// <summary>
/// Describes the rule that turns gradients into steps, with its learning rate. <see cref="ForLayers"/> and <see cref="Freeze"/> treat layers
/// differently by name; <c>optimizer with { Rate = … }</c> changes the rate.
/// </summary>
/// <remarks>
/// A rule sees finite gradients only: the training loop skips a step whose gradients are not. Rules work element by element on all parameters
/// as one flat tensor, where their documentation does not say otherwise.
/// </remarks>
public abstract record Optimizer
{
    private protected Optimizer(Schedule rate, string owner) =>
        Rate = Require.NotNull(rate, owner, nameof(rate), "Give a number such as 0.001 or a Schedule.");

    /// <summary>The learning rate at each step.</summary>
    public Schedule Rate
    {
        get;
        init => field = Require.NotNull(value, nameof(Optimizer), nameof(Rate), "Give a number such as 0.001 or a Schedule.");
    }

    /// <summary>What is different for some layers, in order: of the rules whose pattern fits a parameter the last one holds. Empty by default.</summary>
    public IReadOnlyList<LayerRule> LayerRules
    {
        get;
        init => field = new EquatableList<LayerRule>(Require.NotNull(value, nameof(Optimizer), nameof(LayerRules), "Give an empty list for no rules."));
    } = new EquatableList<LayerRule>([]);

    /// <summary>
    /// Stochastic gradient descent with momentum μ: v ← μv + g, w ← w − rate·v, or with Nesterov's look-ahead w ← w − rate·(g + μv)
    /// (Sutskever et al. 2013; the form of torch.optim.SGD).
    /// </summary>
    /// <param name="rate">Learning rate; a number or a schedule; 0.01 to 0.1 is usual.</param>
    /// <param name="momentum">μ, 0 ≤ μ &lt; 1; default 0.</param>
    /// <param name="nesterov">Whether to look ahead; needs a momentum above 0; default false.</param>
    public static Optimizer Sgd(Schedule rate, double momentum = 0, bool nesterov = false) => new SgdOptimizer(rate, momentum, nesterov);

    /// <summary>Gradient descent with momentum (Polyak 1964): <see cref="Sgd"/> with μ = 0.9.</summary>
    /// <param name="rate">Learning rate; a number or a schedule; 0.01 to 0.1 is usual.</param>
    /// <param name="momentum">μ, 0 &lt; μ &lt; 1; default 0.9.</param>
    public static Optimizer Momentum(Schedule rate, double momentum = 0.9) =>
        new SgdOptimizer(rate, SgdOptimizer.CheckedMomentum(momentum, "Optimizer.Momentum"), nesterov: false);

    /// <summary>Nesterov's accelerated gradient (Nesterov 1983; Sutskever et al. 2013): <see cref="Sgd"/> with μ = 0.9 and the look-ahead.</summary>
    /// <param name="rate">Learning rate; a number or a schedule; 0.01 to 0.1 is usual.</param>
    /// <param name="momentum">μ, 0 &lt; μ &lt; 1; default 0.9.</param>
    public static Optimizer Nesterov(Schedule rate, double momentum = 0.9) =>
        new SgdOptimizer(rate, SgdOptimizer.CheckedMomentum(momentum, "Optimizer.Nesterov"), nesterov: true);

    /// <summary>
    /// Adam (Kingma and Ba 2015, arXiv:1412.6980), the form of torch.optim.Adam: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²,
    /// w ← w − rate·m̂/(√v̂ + ε) with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).
    /// </summary>
    /// <param name="rate">Learning rate; a number or a schedule; 1e-3 is usual.</param>
    /// <param name="beta1">Decay of the mean of gradients, 0 ≤ β₁ &lt; 1; default 0.9.</param>
    /// <param name="beta2">Decay of the mean of squared gradients, 0 ≤ β₂ &lt; 1; default 0.999.</param>
    /// <param name="epsilon">Added to the denominator; finite and greater than 0; default 1e-8.</param>
    public static Optimizer Adam(Schedule rate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
        new AdamOptimizer(rate, beta1, beta2, epsilon);

    /// <summary>Adam with decoupled weight decay: w ← w·(1 − rate·decay) before each Adam step, for weights alone (Loshchilov and Hutter 2019, arXiv:1711.05101).</summary>
    /// <param name="rate">Learning rate; a number or a schedule; 1e-3 is usual.</param>
    /// <param name="weightDecay">
    /// The decay; finite, 0 or greater; default 0.01. Null chooses it by the run: 1/Σ rate, so that weights which no gradient keeps up fall to 1/e by its end, however
    /// long it is (Wang and Aitchison 2024, arXiv:2405.13698), but at most 3; of that 3/n where a signal passes n > 3 weights, one after the other. Biases and
    /// normalisation parameters are not decayed, which departs from torch.optim.AdamW.
    /// </param>
    /// <param name="beta1">Decay of the mean of gradients, 0 ≤ β₁ &lt; 1; default 0.9.</param>
    /// <param name="beta2">Decay of the mean of squared gradients, 0 ≤ β₂ &lt; 1; default 0.999.</param>
    /// <param name="epsilon">Added to the denominator; finite and greater than 0; default 1e-8.</param>
    public static Optimizer AdamW(Schedule rate, double? weightDecay = 0.01, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
        new AdamWOptimizer(rate, weightDecay, beta1, beta2, epsilon);

    /// <summary>
    /// Adam with Nesterov momentum (Dozat 2016), the form of torch.optim.NAdam in PyTorch 2: μₜ = β₁·(1 − ½·0.96^(t·ψ)) weighs gradient and momentum.
    /// (PyTorch 1.13 takes μₜ twice in the product over the steps.)
    /// </summary>
    /// <param name="rate">Learning rate; a number or a schedule; 2e-3 is usual.</param>
    /// <param name="beta1">Decay of the mean of gradients, 0 ≤ β₁ &lt; 1; default 0.9.</param>
    /// <param name="beta2">Decay of the mean of squared gradients, 0 ≤ β₂ &lt; 1; default 0.999.</param>
    /// <param name="epsilon">Added to the denominator; finite and greater than 0; default 1e-8.</param>
    /// <param name="momentumDecay">ψ; finite, 0 or greater; default 0.004.</param>
    public static Optimizer NAdam(Schedule rate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double momentumDecay = 0.004) =>
        new NAdamOptimizer(rate, beta1, beta2, epsilon, momentumDecay);

    /// <summary>
    /// Rectified Adam (Liu et al. 2020, arXiv:1908.03265), the form of torch.optim.RAdam: steps of momentum alone while too few gradients were
    /// seen to trust their variance, then Adam steps scaled by rₜ. It needs no warm-up.
    /// </summary>
    /// <param name="rate">Learning rate; a number or a schedule; 1e-3 is usual.</param>
    /// <param name="beta1">Decay of the mean of gradients, 0 ≤ β₁ &lt; 1; default 0.9.</param>
    /// <param name="beta2">Decay of the mean of squared gradients, 0 ≤ β₂ &lt; 1; default 0.999.</param>
    /// <param name="epsilon">Added to the denominator; finite and greater than 0; default 1e-8.</param>
    public static Optimizer RAdam(Schedule rate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
        new RAdamOptimizer(rate, beta1, beta2, epsilon);

    /// <summary>RMSprop (Tieleman and Hinton 2012), the form of torch.optim.RMSprop: v ← αv + (1−α)g², w ← w − rate·g/(√v + ε).</summary>
    /// <param name="rate">Learning rate; a number or a schedule; 1e-3 to 1e-2 is usual.</param>
    /// <param name="alpha">Decay of the mean of squared gradients, 0 ≤ α &lt; 1; default 0.99.</param>
    /// <param name="epsilon">Added to the denominator; finite and greater than 0; default 1e-8.</param>
    /// <param name="momentum">Momentum over the scaled gradients, 0 ≤ μ &lt; 1; default 0.</param>
    /// <param name="centered">Whether to divide by the deviation √(v − ḡ²) instead (Graves 2013, arXiv:1308.0850); default false.</param>
    public static Optimizer RmsProp(Schedule rate, double alpha = 0.99, double epsilon = 1e-8, double momentum = 0, bool centered = false) =>
        new RmsPropOptimizer(rate, alpha, epsilon, momentum, centered);

    /// <summary>Adagrad (Duchi et al. 2011), the form of torch.optim.Adagrad: s ← s + g², w ← w − rate·g/(√s + ε).</summary>
    /// <param name="rate">Learning rate; a number or a schedule; 1e-2 is usual.</param>
    /// <param name="initialSum">s before the first step; finite, 0 or greater; default 0.</param>
    /// <param name="epsilon">Added to the denominator; finite and greater than 0; default 1e-10.</param>
    public static Optimizer Adagrad(Schedule rate, double initialSum = 0, double epsilon = 1e-10) => new AdagradOptimizer(rate, initialSum, epsilon);

    /// <summary>
    /// Lion (Chen et al. 2023, arXiv:2302.06675): w ← w·(1 − rate·decay) − rate·sign(β₁m + (1−β₁)g), then m ← β₂m + (1−β₂)g. Every number
    /// moves by the rate, or not at all where the sign is 0.
    /// </summary>
    /// <param name="rate">Learning rate; a number or a schedule; 3 to 10 times smaller than Adam's is usual: 1e-4 to 3e-4.</param>
    /// <param name="weightDecay">Decoupled decay of weights alone; finite, 0 or greater; default 0. Usual values are 3 to 10 times AdamW's.</param>
    /// <param name="beta1">Share of the momentum in the step, 0 ≤ β₁ &lt; 1; default 0.9.</param>
    /// <param name="beta2">Decay of the momentum, 0 ≤ β₂ &lt; 1; default 0.99.</param>
    public static Optimizer Lion(Schedule rate, double weightDecay = 0, double beta1 = 0.9, double beta2 = 0.99) =>
        new LionOptimizer(rate, weightDecay, beta1, beta2);

    /// <summary>
    /// Gradient descent with a local and a global rate. Each parameter tensor's gradient g is split into its global part ḡ, the mean of g over
    /// the tensor, and the local rest g − ḡ: w ← w − η_global·ḡ − η_local·(g − ḡ), element by element, with η_local = 0.01·rate and
    /// η_global = η_local + α·η_local.
    /// </summary>
    /// <param name="rate">η_total; a number or a schedule. Since the local rate is a hundredth of it, 1 to 10 is usual.</param>
    /// <param name="alpha">α; finite, 0 or greater; default 1. With 0 both parts move alike, as <see cref="Sgd"/> at a hundredth of the rate.</param>
    /// <remarks>The split by the tensor's mean is this library's definition. A tensor of one number has no local rest.</remarks>
    public static Optimizer LocalGlobalSgd(Schedule rate, double alpha = 1) => new LocalGlobalSgdOptimizer(rate, alpha);

    /// <summary>
    /// Sharpness-aware minimisation (Foret et al. 2021, arXiv:2010.01412): the gradient is taken at w + ρ·g/‖g‖₂, the worst point nearby, and
    /// <paramref name="inner"/> steps with it from w. Each step costs two forward and backward passes over the same rows.
    /// </summary>
    /// <param name="inner">The optimiser that steps; its rate and layer rules are taken over.</param>
    /// <param name="rho">ρ; finite and greater than 0; default 0.05.</param>
    /// <remarks>
    /// Penalties are part of both gradients. Gradient transforms apply to the second gradient alone, the one that is stepped with; the norms that
    /// are reported are the first's. Dropout draws anew in the second pass; running statistics keep to the first. A second gradient that is not
    /// finite skips the step, and a zero gradient is not perturbed.
    /// </remarks>
    public static Optimizer Sam(Optimizer inner, double rho = 0.05) => new SamOptimizer(inner, rho);

    /// <summary>
    /// This optimiser with another learning rate or weight decay for some layers. Where several rules fit a parameter, the last one holds, and
    /// holds alone: <c>adam.ForLayers("*", 0.1).ForLayers("output")</c> slows down all layers but the last.
    /// </summary>
    /// <param name="pattern">A parameter or layer name, <c>*</c> for any characters and <c>?</c> for one: <c>hidden0.weight</c>, <c>hidden*</c>.</param>
    /// <param name="rateScale">Factor on the learning rate; finite and greater than 0; default 1.</param>
    /// <param name="weightDecay">
    /// Decoupled decay of weights, w ← w·(1 − rate·rateScale·decay) before each step; finite, 0 or greater. Default null: the optimiser's own.
    /// Biases and normalisation parameters are not decayed.
    /// </param>
    /// <exception cref="ArgumentException">The pattern is empty. A pattern that fits no parameter is an error when <c>Fit</c> starts.</exception>
    public Optimizer ForLayers(string pattern, double rateScale = 1, double? weightDecay = null) => With(new LayerRule(pattern, rateScale, weightDecay));

    /// <summary>
    /// This optimiser with some layers kept as they are, bit for bit: no gradient is computed for them, and penalties, constraints and transforms
    /// do not see them. <c>adam.Freeze("*").ForLayers("output")</c> trains the last layer alone.
    /// </summary>
    /// <param name="pattern">A parameter or layer name, <c>*</c> for any characters and <c>?</c> for one: <c>hidden0.weight</c>, <c>hidden*</c>.</param>
    /// <param name="untilEpoch">
    /// The first epoch that trains them, counted from 1; 2 or greater. Default null: none does. Layers are unfrozen one after the other, the last ones
    /// first, by several calls: gradual unfreezing (Howard and Ruder 2018, arXiv:1801.06146).
    /// </param>
    /// <remarks>
    /// A batch norm whose scale and shift are frozen keeps its running statistics too. From <paramref name="untilEpoch"/> on the layers follow the rule that held
    /// before this one, such as a smaller rate by <see cref="ForLayers"/>, with moments that start at 0. Gradient transforms that remember norms start anew
    /// then, since the norms are those of more layers.
    /// </remarks>
    /// <exception cref="ArgumentException">The pattern is empty. Freezing all parameters at once is an error when <c>Fit</c> starts.</exception>
    public Optimizer Freeze(string pattern, int? untilEpoch = null) => With(new LayerRule(pattern, frozen: true, untilEpoch: untilEpoch));

    /// <summary>This optimiser with all that it leaves to the run decided.</summary>
    /// <param name="run">How long the run is.</param>
    /// <param name="depth">How many weights a signal passes on its way through the network, one after the other.</param>
    internal virtual Optimizer For(RunLength run, double depth) => this;

    internal abstract BoundOptimizer Bind(FlatParameters parameters);

    private Optimizer With(LayerRule rule) => this with { LayerRules = [.. LayerRules, rule] };
}
