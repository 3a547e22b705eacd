namespace MLNet.GradStability.Tests.Distribution;

/// <summary>A test that starts an MPI job, skipped where there is no mpirun.</summary>
public sealed class MpiFactAttribute : FactAttribute
{
    public MpiFactAttribute() => Skip = MpiTheoryAttribute.Reason;
}

/// <summary>The same for a theory.</summary>
public sealed class MpiTheoryAttribute : TheoryAttribute
{
    internal static readonly string? Reason = Mpirun.Program is null ? "There is no mpirun on the PATH: apt-get install openmpi-bin." : null;

    public MpiTheoryAttribute() => Skip = Reason;
}
