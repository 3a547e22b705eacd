namespace MLNet.GradStability;

/// <summary>Describes how the parameters of a network start. Weights are filled by the rule, biases start at 0.</summary>
/// <remarks>
/// fan_in and fan_out are the numbers of inputs and outputs of a unit: for a weight <c>[out, in]</c> they are in and out, for a
/// convolution <c>[out, in, k…]</c> both times the kernel's size. Normalisation layers keep scale 1 and shift 0.
/// </remarks>
public abstract record Initializer
{
    /// <summary>
    /// He for the ReLU family, Glorot for tanh and sigmoid, LeCun for SELU, each with the variance that the network's own activation
    /// asks for; the output layer gets gain 1. The default.
    /// </summary>
    public static Initializer ByActivation() => new ByActivationInitializer();

    /// <summary>He/Kaiming, normal: std = √(2 / ((1 + a²)·fan_in)) (He et al. 2015, arXiv:1502.01852).</summary>
    /// <param name="leakySlope">a, the slope of a leaky ReLU; finite, 0 or greater; default 0 for ReLU.</param>
    public static Initializer HeNormal(double leakySlope = 0) => He(leakySlope, uniform: false, "Initializer.HeNormal");

    /// <summary>He/Kaiming, uniform in ±√(6 / ((1 + a²)·fan_in)) (He et al. 2015, arXiv:1502.01852).</summary>
    /// <param name="leakySlope">a, the slope of a leaky ReLU; finite, 0 or greater; default 0 for ReLU.</param>
    public static Initializer HeUniform(double leakySlope = 0) => He(leakySlope, uniform: true, "Initializer.HeUniform");

    /// <summary>Xavier/Glorot, normal: std = gain·√(2 / (fan_in + fan_out)) (Glorot and Bengio 2010).</summary>
    /// <param name="gain">Factor on the standard deviation; finite and greater than 0; default 1.</param>
    public static Initializer XavierNormal(double gain = 1) => Xavier(gain, uniform: false, "Initializer.XavierNormal");

    /// <summary>Xavier/Glorot, uniform in ±gain·√(6 / (fan_in + fan_out)) (Glorot and Bengio 2010).</summary>
    /// <param name="gain">Factor on the standard deviation; finite and greater than 0; default 1.</param>
    public static Initializer XavierUniform(double gain = 1) => Xavier(gain, uniform: true, "Initializer.XavierUniform");

    /// <summary>Fills the parameters in place, drawing only from the scope's generator; gradients are off while it runs.</summary>
    /// <param name="scope">The parameters, and what a rule may look at.</param>
    public abstract void Initialize(InitializationScope scope);

    private static VarianceScalingInitializer He(double leakySlope, bool uniform, string owner)
    {
        var slope = Require.NotNegative(leakySlope, owner, nameof(leakySlope), "Leave it out for ReLU.");
        return new VarianceScalingInitializer(2 / (1 + (slope * slope)), FanMode.In, uniform);
    }

    private static VarianceScalingInitializer Xavier(double gain, bool uniform, string owner)
    {
        var factor = Require.Positive(gain, owner, nameof(gain), "The usual value is 1; 5/3 suits tanh.");
        return new VarianceScalingInitializer(factor * factor, FanMode.Average, uniform);
    }
}
