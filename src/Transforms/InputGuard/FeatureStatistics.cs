namespace MLNet.GradStability;

/// <summary>What <see cref="InputGuardEstimator"/> found about one feature; values that are not finite enter nothing but their count.</summary>
/// <param name="Median">The median; 0 when no value was finite.</param>
/// <param name="Scale">The robust deviation; finite and greater than 0.</param>
/// <param name="ScaleSource">Where the scale comes from.</param>
/// <param name="FiniteCount">Finite values seen in fitting.</param>
/// <param name="NonFiniteCount">NaN and infinite values seen in fitting.</param>
public sealed record FeatureStatistics(double Median, double Scale, ScaleSource ScaleSource, long FiniteCount, long NonFiniteCount);
