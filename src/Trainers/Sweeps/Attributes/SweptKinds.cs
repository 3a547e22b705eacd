namespace MLNet.GradStability;

/// <summary>The activations of <see cref="NeuralNetworkSweepOptions"/>.</summary>
public enum SweptActivation
{
    /// <summary><see cref="Activation.Relu"/>.</summary>
    Relu,

    /// <summary><see cref="Activation.LeakyRelu"/>.</summary>
    LeakyRelu,

    /// <summary><see cref="Activation.Gelu"/>.</summary>
    Gelu,

    /// <summary><see cref="Activation.Silu"/>.</summary>
    Silu,

    /// <summary><see cref="Activation.Tanh"/>.</summary>
    Tanh,
}

/// <summary>The normalisations of <see cref="NeuralNetworkSweepOptions"/>.</summary>
public enum SweptNormalization
{
    /// <summary>None.</summary>
    None,

    /// <summary><see cref="Normalization.Batch"/>.</summary>
    Batch,

    /// <summary><see cref="Normalization.Layer"/>.</summary>
    Layer,
}

/// <summary>The initialisers of <see cref="NeuralNetworkSweepOptions"/>.</summary>
public enum SweptInitializer
{
    /// <summary><see cref="Initializer.Isometric"/>.</summary>
    Isometric,

    /// <summary><see cref="Initializer.HeNormal"/>.</summary>
    He,

    /// <summary><see cref="Initializer.XavierNormal"/>.</summary>
    Xavier,

    /// <summary><see cref="Initializer.Orthogonal()"/>.</summary>
    Orthogonal,
}

/// <summary>The clippers of <see cref="ClippingSweepOptions"/>.</summary>
public enum SweptClipping
{
    /// <summary><see cref="GradientTransform.ClipByGlobalNorm"/>.</summary>
    GlobalNorm,

    /// <summary><see cref="GradientTransform.ClipByNorm"/>.</summary>
    Norm,

    /// <summary><see cref="GradientTransform.ClipByValue"/>, from the negative threshold to the threshold.</summary>
    Value,

    /// <summary>None.</summary>
    None,
}

/// <summary>The update rules of <see cref="NeuralNetworkSweepOptions"/>.</summary>
public enum SweptOptimizer
{
    /// <summary><see cref="Optimizer.AdamW"/>.</summary>
    AdamW,

    /// <summary><see cref="Optimizer.Lion"/>.</summary>
    Lion,

    /// <summary><see cref="Optimizer.Momentum"/>.</summary>
    Momentum,
}

/// <summary>What the members stand for.</summary>
internal static class SweptKinds
{
    public static Activation ToActivation(this SweptActivation kind) => kind switch
    {
        SweptActivation.LeakyRelu => Activation.LeakyRelu(),
        SweptActivation.Gelu => Activation.Gelu(),
        SweptActivation.Silu => Activation.Silu(),
        SweptActivation.Tanh => Activation.Tanh(),
        _ => Activation.Relu(),
    };

    public static Normalization? ToNormalization(this SweptNormalization kind) => kind switch
    {
        SweptNormalization.Batch => Normalization.Batch(),
        SweptNormalization.Layer => Normalization.Layer(),
        _ => null,
    };

    public static Initializer ToInitializer(this SweptInitializer kind) => kind switch
    {
        SweptInitializer.He => Initializer.HeNormal(),
        SweptInitializer.Xavier => Initializer.XavierNormal(),
        SweptInitializer.Orthogonal => Initializer.Orthogonal(),
        _ => Initializer.Isometric(),
    };
}
