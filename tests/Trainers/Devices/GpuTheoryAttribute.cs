namespace MLNet.GradStability.Tests.Devices;

/// <summary>A theory that is run on a GPU, real or simulated, and skipped with the reason where there is none.</summary>
public sealed class GpuTheoryAttribute : TheoryAttribute
{
    public GpuTheoryAttribute() => Skip = GpuRuns.Reason;
}
