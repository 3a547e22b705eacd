namespace MLNet.GradStability;

/// <summary>Which fan of a weight the variance is divided by.</summary>
public enum FanMode
{
    /// <summary>fan_in: keeps the variance of activations in the forward pass.</summary>
    In,

    /// <summary>fan_out: keeps the variance of gradients in the backward pass.</summary>
    Out,

    /// <summary>(fan_in + fan_out) / 2: the compromise of Glorot and Bengio.</summary>
    Average,
}
