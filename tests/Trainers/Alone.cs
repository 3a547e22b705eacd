namespace MLNet.GradStability.Tests;

/// <summary>Tests that look at process-wide counters: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
