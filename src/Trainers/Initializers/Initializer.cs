namespace MLNet.GradStability;

/// <summary>Describes how the parameters of a network start. Weights are filled by the rule, biases start at 0.</summary>
/// <remarks>
/// fan_in and fan_out are the numbers of inputs and outputs of a unit: for a weight <c>[out, in]</c> they are in and out, for a
/// convolution <c>[out, in, k…]</c> both times the kernel's size. Normalisation layers keep scale 1 and shift 0. Everything is drawn from the
/// run's own generator. Rules are layered by name: <c>a.Where("hidden*").Then(b)</c> fills the hidden layers by a and all others by b;
/// what no rule covers starts by <see cref="ByActivation"/>. A few parameters the network starts by a rule of its own (recurrent weights, a forget
/// gate's bias, the last scale of a residual block): they follow another rule only where <c>Where</c> names them.
/// </remarks>
public abstract record Initializer
{
    /// <summary>Whether the rule measures the network on data, and so has to run after the rules that do not. Default false.</summary>
    protected internal virtual bool UsesData => false;

    /// <summary>
    /// Zero-mean normal weights with std = gain/√fan_in, the gain that of the activation behind the layer (<see cref="Activation.Gain"/>), 1 for the
    /// output layer: He's rule for ReLU.
    /// </summary>
    public static Initializer ByActivation() => new ByActivationInitializer();

    /// <summary>
    /// Orthogonal weights wired so that a network of any depth starts as a linear, orthogonal map, or close to one: neither signals nor gradients fade
    /// or explode, and no unit is dead. The default.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The units of a hidden layer are paired, with rows a and −a, and the next layer reads each pair as f(x) − f(−x): relu(x) − relu(−x) = x, and GELU
    /// and SiLU give x too, leaky ReLU (1+a)·x (Balduzzi et al. 2017, arXiv:1702.08591). The matrices between pairs are orthogonal (their rows, or
    /// columns where there are fewer), times 1/(1+a) for a leaky ReLU, 0.9 for Mish, 1/(1+0.6·α) for ELU, 2.2 for sigmoid. Tanh and SELU are close to
    /// odd and need no pairs: plain orthogonal weights, times 1.1 and 0.8 (Pennington et al. 2017, arXiv:1711.04735). The output layer has gain 1. Training
    /// breaks the pairs at once, since the two see different rows.
    /// </para>
    /// <para>
    /// The unit left over in a layer of odd width gets an ordinary row and is not read at first. The last layer of each residual branch starts at 0.
    /// Convolutions, and layers that do not follow a layer filled by this rule, are as by <see cref="Orthogonal()"/>. Above 2048 pairs the matrices are
    /// normal with the same scale, since orthogonal ones cost the cube of the width.
    /// </para>
    /// </remarks>
    public static Initializer Isometric() => new IsometricInitializer();

    /// <summary>Weights from N(mean, std²), whatever the layer's size. Small fixed values (0.01) make signals vanish in deep networks.</summary>
    /// <param name="std">Standard deviation; finite and greater than 0.</param>
    /// <param name="mean">Mean; finite; default 0.</param>
    public static Initializer Normal(double std, double mean = 0) => new NormalInitializer(std, mean);

    /// <summary>Weights uniform in [low, high), whatever the layer's size.</summary>
    /// <param name="low">Lower bound; finite.</param>
    /// <param name="high">Upper bound; finite and greater than <paramref name="low"/>.</param>
    public static Initializer Uniform(double low, double high) => new UniformInitializer(low, high);

    /// <summary>
    /// Weights from N(0, std²), cut at ±2·std; the cut leaves a standard deviation of 0.8796·std. <see cref="VarianceScaling"/> with
    /// <see cref="WeightDistribution.TruncatedNormal"/> makes up for that.
    /// </summary>
    /// <param name="std">Standard deviation before the cut; finite and greater than 0.</param>
    public static Initializer TruncatedNormal(double std) => new TruncatedNormalInitializer(std);

    /// <summary>Every weight the same number. All units of a layer then stay alike: for an output layer (0), or for comparison.</summary>
    /// <param name="value">The number; finite.</param>
    public static Initializer Constant(double value) => new ConstantInitializer(value);

    /// <summary>Biases (and the shifts of normalisation layers) of one value, no other parameter: <c>Bias(0.1).Then(HeNormal())</c>.</summary>
    /// <param name="value">The number; finite.</param>
    public static Initializer Bias(double value) => new BiasInitializer(value);

    /// <summary>
    /// The general rule: zero-mean weights with variance scale/fan (He et al. 2015, arXiv:1502.01852). LeCun is (1, In), Xavier (1, Average), He (2, In).
    /// </summary>
    /// <param name="scale">Variance times fan; finite and greater than 0.</param>
    /// <param name="fan">The fan to divide by; default <see cref="FanMode.In"/>.</param>
    /// <param name="distribution">Shape of the distribution; default <see cref="WeightDistribution.Normal"/>.</param>
    public static Initializer VarianceScaling(double scale, FanMode fan = FanMode.In, WeightDistribution distribution = WeightDistribution.Normal) =>
        new VarianceScalingInitializer(scale, fan, distribution);

    /// <summary>LeCun, normal: std = √(1/fan_in), for SELU and for linear layers (LeCun et al. 1998, Efficient BackProp).</summary>
    public static Initializer LeCunNormal() => VarianceScaling(1);

    /// <summary>LeCun, uniform in ±√(3/fan_in) (LeCun et al. 1998, Efficient BackProp).</summary>
    public static Initializer LeCunUniform() => VarianceScaling(1, FanMode.In, WeightDistribution.Uniform);

    /// <summary>He/Kaiming, normal: std = √(2 / ((1 + a²)·fan_in)) (He et al. 2015, arXiv:1502.01852).</summary>
    /// <param name="leakySlope">a, the slope of a leaky ReLU; finite, 0 or greater; default 0 for ReLU.</param>
    public static Initializer HeNormal(double leakySlope = 0) => He(leakySlope, WeightDistribution.Normal, "Initializer.HeNormal");

    /// <summary>He/Kaiming, uniform in ±√(6 / ((1 + a²)·fan_in)) (He et al. 2015, arXiv:1502.01852).</summary>
    /// <param name="leakySlope">a, the slope of a leaky ReLU; finite, 0 or greater; default 0 for ReLU.</param>
    public static Initializer HeUniform(double leakySlope = 0) => He(leakySlope, WeightDistribution.Uniform, "Initializer.HeUniform");

    /// <summary>Xavier/Glorot, normal: std = gain·√(2 / (fan_in + fan_out)) (Glorot and Bengio 2010).</summary>
    /// <param name="gain">Factor on the standard deviation; finite and greater than 0; default 1.</param>
    public static Initializer XavierNormal(double gain = 1) => Xavier(gain, WeightDistribution.Normal, "Initializer.XavierNormal");

    /// <summary>Xavier/Glorot, uniform in ±gain·√(6 / (fan_in + fan_out)) (Glorot and Bengio 2010).</summary>
    /// <param name="gain">Factor on the standard deviation; finite and greater than 0; default 1.</param>
    public static Initializer XavierUniform(double gain = 1) => Xavier(gain, WeightDistribution.Uniform, "Initializer.XavierUniform");

    /// <summary>
    /// Random orthogonal weights, W·Wᵀ = gain²·I (Wᵀ·W where there are fewer inputs than outputs), a convolution as the matrix
    /// <c>[out, in·k…]</c> (Saxe et al. 2013, arXiv:1312.6120). The gain is that of the activation behind each layer, 1 for the output layer.
    /// </summary>
    public static Initializer Orthogonal() => new OrthogonalInitializer(null);

    /// <summary>As <see cref="Orthogonal()"/>, with one gain for all layers.</summary>
    /// <param name="gain">Factor on the orthonormal matrix; finite and greater than 0. √2 suits ReLU.</param>
    public static Initializer Orthogonal(double gain) => new OrthogonalInitializer(gain);

    /// <summary>
    /// Delta-orthogonal convolutions: a kernel of zeros with an orthogonal matrix <c>[out, in]</c> at its centre, so that a deep plain convolutional
    /// network starts as one orthogonal map of the channels (Xiao et al. 2018, arXiv:1806.05393). A linear layer gets <see cref="Orthogonal()"/>.
    /// The gain is that of the activation behind each layer. Departure: more inputs than outputs are allowed and give orthonormal rows.
    /// </summary>
    public static Initializer DeltaOrthogonal() => new DeltaOrthogonalInitializer(null);

    /// <summary>As <see cref="DeltaOrthogonal()"/>, with one gain for all layers.</summary>
    /// <param name="gain">Factor on the orthonormal matrix; finite and greater than 0. √2 suits ReLU.</param>
    public static Initializer DeltaOrthogonal(double gain) => new DeltaOrthogonalInitializer(gain);

    /// <summary>
    /// scale·I: ones on the main diagonal of <c>[out, in]</c> (of a kernel's centre for a convolution), zeros elsewhere. For the recurrent weights of
    /// ReLU networks (Le et al. 2015, arXiv:1504.00941).
    /// </summary>
    /// <param name="scale">The number on the diagonal; finite and greater than 0; default 1.</param>
    public static Initializer Identity(double scale = 1) => new IdentityInitializer(scale);

    /// <summary>
    /// Layer-sequential unit variance: orthonormal weights, then layer by layer, on the first batch of training rows, W ← W / std(output) until the
    /// output's standard deviation is within the tolerance of 1 (Mishkin and Matas 2015, arXiv:1511.06422).
    /// </summary>
    /// <remarks>
    /// Departures: a try that does not bring the deviation closer to 1 is undone and ends the layer's turn (a dead layer, or one whose
    /// output does not depend on its weight's scale); a weight whose layer is not a module from tensor to tensor stays orthonormal.
    /// </remarks>
    /// <param name="tolerance">Largest |std − 1| that is left alone; finite and greater than 0; default 0.1.</param>
    /// <param name="maxTries">Most divisions a layer, 1 or more; default 10.</param>
    public static Initializer Lsuv(double tolerance = 0.1, int maxTries = 10) => new LsuvInitializer(tolerance, maxTries);

    /// <summary>
    /// Fixup, for residual networks without normalisation: with L branches of m layers each, weights inside a branch are He's (by the activation)
    /// times L^(−1/(2m−2)), the last layer of each branch and the output layer are 0, all others He's (Zhang et al. 2019, arXiv:1901.09321).
    /// </summary>
    /// <remarks>Departure: the paper's scalar biases are left to the layers' own biases, which can express them; its scalar multipliers are in <see cref="Network.Mlp"/>.</remarks>
    public static Initializer Fixup() => new FixupInitializer();

    /// <summary>This rule for the parameters whose name fits <paramref name="pattern"/> alone; the others are left to a following rule, or to <see cref="ByActivation"/>.</summary>
    /// <param name="pattern">A name or layer name, <c>*</c> for any characters and <c>?</c> for one: <c>hidden0.weight</c>, <c>hidden*</c>.</param>
    /// <exception cref="ArgumentException">The pattern is empty. A pattern that fits no parameter is an error when <c>Fit</c> starts.</exception>
    public Initializer Where(string pattern) => new InitializerWhere(this, pattern);

    /// <summary>This rule for what it covers, <paramref name="next"/> for the rest. The first rule that covers a parameter fills it.</summary>
    /// <param name="next">The rule for what is left; when nothing is left, <c>Fit</c> says so.</param>
    public Initializer Then(Initializer next) => new InitializerChain([this, next]);

    /// <summary>Fills the parameters in place, drawing only from the scope's generator; gradients are off while it runs.</summary>
    /// <param name="scope">The parameters, and what a rule may look at.</param>
    public abstract void Initialize(InitializationScope scope);

    /// <summary>Those of the given parameters that the rule fills. Default: all.</summary>
    /// <param name="parameters">The parameters to choose from.</param>
    public virtual IReadOnlyList<NetworkParameter> Covered(IReadOnlyList<NetworkParameter> parameters) => parameters;

    /// <summary>Fills every parameter of the scope: by this rule, or by activation where it covers none.</summary>
    internal void InitializeAll(InitializationScope scope)
    {
        var covered = Covered(scope.Parameters);
        var rest = InitializerChain.Without(scope.Parameters, covered);
        ByActivation().Initialize(scope.With(rest));
        Initialize(scope.With(covered));
        scope.Settle();
    }

    /// <summary>The rule without what it says of parameters that are not there; null when nothing is left.</summary>
    internal virtual Initializer? Within(IReadOnlyList<NetworkParameter> parameters) => parameters.Count > 0 && Covered(parameters).Count > 0 ? this : null;

    private static VarianceScalingInitializer He(double leakySlope, WeightDistribution distribution, string owner)
    {
        var slope = Require.NotNegative(leakySlope, owner, nameof(leakySlope), "Leave it out for ReLU.");
        return new VarianceScalingInitializer(2 / (1 + (slope * slope)), FanMode.In, distribution);
    }

    private static VarianceScalingInitializer Xavier(double gain, WeightDistribution distribution, string owner)
    {
        var factor = Require.Positive(gain, owner, nameof(gain), "The usual value is 1; 5/3 suits tanh.");
        return new VarianceScalingInitializer(factor * factor, FanMode.Average, distribution);
    }
}
