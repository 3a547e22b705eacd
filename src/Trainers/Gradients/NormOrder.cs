namespace MLNet.GradStability;

/// <summary>Which norm measures the size of a gradient.</summary>
public enum NormOrder
{
    /// <summary>‖g‖₁ = Σ|gᵢ|.</summary>
    L1 = 1,

    /// <summary>‖g‖₂ = √Σgᵢ², the usual choice.</summary>
    L2 = 2,

    /// <summary>‖g‖∞ = max|gᵢ|.</summary>
    LInfinity = 3,
}
