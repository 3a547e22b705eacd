using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>The nonlinearity after a hidden layer, applied element by element; the shape is kept and NaN stays NaN.</summary>
/// <remarks>
/// <see cref="Gain"/> is the factor by which a weight's standard deviation is raised so that the activation keeps the variance of its input:
/// <list type="table">
/// <item><term>linear, sigmoid</term><description>1</description></item>
/// <item><term>tanh</term><description>5/3</description></item>
/// <item><term>ReLU</term><description>√2</description></item>
/// <item><term>leaky ReLU of slope a</term><description>√(2/(1+a²))</description></item>
/// <item><term>SELU</term><description>3/4</description></item>
/// <item><term>ELU, α = 1</term><description>1.2452</description></item>
/// <item><term>GELU</term><description>1.5335</description></item>
/// <item><term>SiLU</term><description>1.6765</description></item>
/// <item><term>Mish</term><description>1.4868</description></item>
/// </list>
/// The first five are torch.nn.init.calculate_gain's (He et al. 2015, arXiv:1502.01852); the others, which PyTorch does not list, are
/// 1/√E[f(z)²] with z ~ N(0, 1), which is √2 for ReLU too.
/// </remarks>
public abstract record Activation
{
    private protected Activation()
    {
    }

    /// <summary>The gain that an initialiser applies to the weights in front of this activation.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public abstract double Gain { get; }

    /// <summary>
    /// Whether <see cref="Initializer.Isometric"/> wires the units in pairs that see x and −x, so that the next layer takes f(x) − f(−x), which is far
    /// closer to linear than f. Odd functions gain nothing by it.
    /// </summary>
    internal virtual bool WantsPairs => true;

    /// <summary>
    /// The factor on orthogonal weights by which a deep network neither fades nor explodes at the start: 1 over the slope of f(x) − f(−x), or of f
    /// without pairs; a tenth more where the slope falls away from 0. Measured at depths of 20 to 100.
    /// </summary>
    internal virtual double IsometricGain => 1;

    /// <summary>max(0, x). Default of the networks.</summary>
    public static Activation Relu() => new ReluActivation();

    /// <summary>x for x ≥ 0, slope·x below (Maas et al. 2013).</summary>
    /// <param name="slope">Slope for negative inputs; finite, 0 or greater; default 0.01.</param>
    public static Activation LeakyRelu(double slope = 0.01) => new LeakyReluActivation(slope);

    /// <summary>tanh(x), in (−1, 1).</summary>
    public static Activation Tanh() => new TanhActivation();

    /// <summary>1/(1+e⁻ˣ), in (0, 1).</summary>
    public static Activation Sigmoid() => new SigmoidActivation();

    /// <summary>x·Φ(x), Φ the normal distribution function (Hendrycks and Gimpel 2016, arXiv:1606.08415).</summary>
    public static Activation Gelu() => new GeluActivation();

    /// <summary>x·sigmoid(x), also called swish (arXiv:1710.05941).</summary>
    public static Activation Silu() => new SiluActivation();

    /// <summary>x·tanh(ln(1 + eˣ)) (Misra 2019, arXiv:1908.08681).</summary>
    public static Activation Mish() => new MishActivation();

    /// <summary>x for x &gt; 0, α(eˣ−1) below (Clevert et al. 2015, arXiv:1511.07289).</summary>
    /// <param name="alpha">α; finite and greater than 0; default 1.</param>
    public static Activation Elu(double alpha = 1) => new EluActivation(alpha);

    /// <summary>The scaled ELU of self-normalising networks (Klambauer et al. 2017, arXiv:1706.02515).</summary>
    public static Activation Selu() => new SeluActivation();

    /// <summary>Makes the module.</summary>
    internal Module<Tensor, Tensor> Create() => CreateModule().ExportedAs(Export);

    private protected abstract Module<Tensor, Tensor> CreateModule();

    /// <summary>Adds the ONNX operators.</summary>
    private protected abstract OnnxValue Export(OnnxScope scope, OnnxValue input);

    [DescriptionKind("relu")]
    private sealed record ReluActivation : Activation
    {
        public override double Gain => Math.Sqrt(2);

        private protected override Module<Tensor, Tensor> CreateModule() => ReLU();

        private protected override OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Op("Relu", [input]);
    }

    [DescriptionKind("leaky-relu")]
    private sealed record LeakyReluActivation : Activation
    {
        public LeakyReluActivation(double slope) =>
            Slope = Require.NotNegative(slope, "Activation.LeakyRelu", nameof(slope), "Usual values are 0.01 to 0.3.");

        public double Slope { get; }

        public override double Gain => Math.Sqrt(2 / (1 + (Slope * Slope)));

        internal override double IsometricGain => 1 / (1 + Slope);

        private protected override Module<Tensor, Tensor> CreateModule() => LeakyReLU(Slope);

        private protected override OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Op("LeakyRelu", [input], OnnxAttribute.Number("alpha", Slope));
    }

    [DescriptionKind("tanh")]
    private sealed record TanhActivation : Activation
    {
        public override double Gain => 5.0 / 3;

        internal override bool WantsPairs => false;

        internal override double IsometricGain => 1.1;

        private protected override Module<Tensor, Tensor> CreateModule() => nn.Tanh();

        private protected override OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Op("Tanh", [input]);
    }

    [DescriptionKind("sigmoid")]
    private sealed record SigmoidActivation : Activation
    {
        public override double Gain => 1;

        internal override double IsometricGain => 2.2;

        private protected override Module<Tensor, Tensor> CreateModule() => nn.Sigmoid();

        private protected override OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Op("Sigmoid", [input]);
    }

    [DescriptionKind("gelu")]
    private sealed record GeluActivation : Activation
    {
        public override double Gain => 1.5335304411862;

        private protected override Module<Tensor, Tensor> CreateModule() => GELU();

        // Without the operator Gelu, which came with operator set 20: x·(1 + erf(x/√2))·½.
        private protected override OnnxValue Export(OnnxScope scope, OnnxValue input)
        {
            var erf = scope.Op("Erf", [scope.Op("Mul", [input, scope.Single(Math.Sqrt(0.5))])]);
            return scope.Op("Mul", [scope.Op("Mul", [input, scope.Op("Add", [erf, scope.Single(1)])]), scope.Single(0.5)]);
        }
    }

    [DescriptionKind("silu")]
    private sealed record SiluActivation : Activation
    {
        public override double Gain => 1.6765324703203;

        private protected override Module<Tensor, Tensor> CreateModule() => SiLU();

        private protected override OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Op("Mul", [input, scope.Op("Sigmoid", [input])]);
    }

    [DescriptionKind("mish")]
    private sealed record MishActivation : Activation
    {
        public override double Gain => 1.4868475812636;

        internal override double IsometricGain => 0.9;

        private protected override Module<Tensor, Tensor> CreateModule() => nn.Mish();

        private protected override OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Op("Mul", [input, scope.Op("Tanh", [scope.Op("Softplus", [input])])]);
    }

    [DescriptionKind("elu")]
    private sealed record EluActivation : Activation
    {
        public EluActivation(double alpha) =>
            Alpha = Require.Positive(alpha, "Activation.Elu", nameof(alpha), "The usual value is 1.");

        public double Alpha { get; }

        // E[f(z)²] = ½ + α²·(e²Φ(−2) − 2√e·Φ(−1) + ½).
        public override double Gain => 1 / Math.Sqrt(0.5 + (Alpha * Alpha * 0.14494541750124));

        internal override double IsometricGain => 1 / (1 + (0.6 * Alpha));

        private protected override Module<Tensor, Tensor> CreateModule() => ELU(Alpha);

        private protected override OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Op("Elu", [input], OnnxAttribute.Number("alpha", Alpha));
    }

    [DescriptionKind("selu")]
    private sealed record SeluActivation : Activation
    {
        public override double Gain => 0.75;

        internal override bool WantsPairs => false;

        internal override double IsometricGain => 0.8;

        private protected override Module<Tensor, Tensor> CreateModule() => SELU();

        private protected override OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Op("Selu", [input]);
    }
}
