namespace MLNet.GradStability;

/// <summary>The verdicts on a training.</summary>
public enum DiagnosisKind
{
    /// <summary>Nothing is wrong.</summary>
    Healthy,

    /// <summary>Gradients grew beyond measure, in a step or through the layers.</summary>
    ExplodingGradients,

    /// <summary>Next to no gradient reaches the first layers.</summary>
    VanishingGradients,

    /// <summary>The units of a layer no longer answer to the input.</summary>
    DeadUnits,

    /// <summary>Updates were too large for the weights they change.</summary>
    LearningRateTooHigh,

    /// <summary>Updates were too small to get anywhere in the steps there were.</summary>
    LearningRateTooLow,

    /// <summary>The features are far from the scale that networks start from.</summary>
    UnscaledData,

    /// <summary>A few rows have labels or features out of all proportion.</summary>
    LabelNoise,

    /// <summary>The network does no better than a constant prediction, and no other verdict says why.</summary>
    NotLearning,

    /// <summary>The validation loss rose while the training loss went on falling.</summary>
    Overfitting,
}
