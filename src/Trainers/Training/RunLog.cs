namespace MLNet.GradStability;

/// <summary>Where a run writes to for people: the log of the MLContext.</summary>
/// <param name="Info">Takes a line of news.</param>
/// <param name="Warning">Takes a line that somebody should look at.</param>
internal sealed record RunLog(Action<string> Info, Action<string> Warning);
