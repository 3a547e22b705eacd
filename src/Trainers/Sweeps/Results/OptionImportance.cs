namespace MLNet.GradStability;

/// <summary>How much of the difference between trials one parameter explains on its own.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Share">
/// The share of the variance of the ranks of the metric that lies between the parameter's values, 0 to 1, corrected for what chance alone would give; NaN below
/// <see cref="FewestTrials"/> trials.
/// </param>
/// <remarks>
/// ε² = 1 − (1 − η²)·(n − 1)/(n − k) (Kelley 1935) over the n completed trials in k groups: those of equal values of a choice, and up to five of equal size along a
/// range; where the parameter does not count is a group of its own. Below 0 it is given as 0. Joint effects of parameters are in no share, so that shares need
/// not add up to 1; and a tuner that keeps to good values leaves little to explain.
/// </remarks>
public sealed record OptionImportance(SweepParameter Parameter, double Share)
{
    /// <summary>Completed trials below which nothing is said.</summary>
    public const int FewestTrials = 8;
}
