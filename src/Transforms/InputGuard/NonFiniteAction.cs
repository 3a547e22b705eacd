namespace MLNet.GradStability;

/// <summary>What <see cref="InputGuardEstimator"/> does with a value that is NaN or infinite.</summary>
public enum NonFiniteAction
{
    /// <summary>The feature's median takes its place.</summary>
    Impute,

    /// <summary>Fitting, or reading the row, ends with an error that names column, slot, row and value.</summary>
    Reject,
}
