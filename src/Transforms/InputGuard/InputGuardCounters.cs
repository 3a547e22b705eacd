namespace MLNet.GradStability;

/// <summary>Counts what a guard did, from any number of threads.</summary>
internal sealed class InputGuardCounters
{
    private long _imputed;
    private long _clipped;

    public long Imputed => Interlocked.Read(ref _imputed);

    public long Clipped => Interlocked.Read(ref _clipped);

    public void Add((int Imputed, int Clipped) row)
    {
        // Most rows need nothing: threads then share no memory that is written.
        if (row.Imputed > 0)
        {
            Interlocked.Add(ref _imputed, row.Imputed);
        }

        if (row.Clipped > 0)
        {
            Interlocked.Add(ref _clipped, row.Clipped);
        }
    }
}
