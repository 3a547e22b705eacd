namespace MLNet.GradStability;

/// <summary>Something that would fail every trial alike: it ends the sweep.</summary>
internal sealed class SweepSetupException(string message) : InvalidOperationException(message);
