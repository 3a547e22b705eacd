namespace MLNet.GradStability;

/// <summary>The processes of a job, as one of them sees them.</summary>
public sealed class ProcessGroup
{
    private readonly ICollective _ranks;

    internal ProcessGroup(ICollective ranks) => _ranks = ranks;

    /// <summary>The number of this process, from 0.</summary>
    public int Rank => _ranks.Rank;

    /// <summary>Processes of the job, 1 or more.</summary>
    public int Size => _ranks.Count;

    /// <summary>Whether this is the process to print and to write files: rank 0.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>Waits until every process of the job has come here, as before a file is read that the first one wrote. All must call it, or all who do wait forever.</summary>
    public void Barrier() => _ranks.Barrier();
}
