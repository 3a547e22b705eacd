namespace MLNet.GradStability.Tests;

/// <summary>Tests that look at process-wide counters or random state: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
