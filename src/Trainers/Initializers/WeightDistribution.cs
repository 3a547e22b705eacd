namespace MLNet.GradStability;

/// <summary>The shape of the distribution that weights are drawn from; mean and variance are the same for all three.</summary>
public enum WeightDistribution
{
    /// <summary>The normal distribution.</summary>
    Normal,

    /// <summary>The normal distribution cut at ±2σ, σ raised by 1/0.8796 to make up for the variance that the cut takes.</summary>
    TruncatedNormal,

    /// <summary>The uniform distribution in ±√3·std.</summary>
    Uniform,
}
