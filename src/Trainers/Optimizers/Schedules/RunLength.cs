namespace MLNet.GradStability;

/// <summary>How long a run is.</summary>
/// <param name="Steps">Updates of the whole run, at least 1.</param>
/// <param name="StepsPerEpoch">Updates of one epoch, at least 1.</param>
public readonly record struct RunLength(long Steps, long StepsPerEpoch);
