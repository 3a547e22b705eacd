namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>The most memory that training and scoring hold, in processes of their own, for data of two sizes, kept and streamed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">Rows of the smaller data.</param>
/// <param name="Times">How many times larger the other is.</param>
internal sealed record MemoryCase(string Name, int Rows, int Times) : SpeedCase(Name)
{
    private const long All = 1L << 31;
    private const long Little = 1 << 24;

    // When a garbage collection comes is chance.
    private const int Processes = 3;

    public override IEnumerable<SpeedOutcome> Measure(SpeedBench bench)
    {
        foreach (var rows in new[] { bench.Of(Rows, 64), bench.Of(Rows, 64) * Times })
        {
            yield return Beside(bench, $"{Name}, training on {rows:N0} rows", new MemoryWork(rows, Score: false, All), Goal.AtMost(1));
            yield return Beside(bench, $"{Name}, scoring {rows:N0} rows", new MemoryWork(rows, Score: true, All), null);
        }

        var (some, many) = (bench.Of(Rows, 64), bench.Of(Rows, 64) * Times);
        bench.Cancellation.ThrowIfCancellationRequested();
        yield return SpeedOutcome.Beside(
            $"{Name}, streamed with {Little >> 20} MiB for rows: {many:N0} rows; peer: {some:N0} rows",
            "MiB",
            Goal.AtMost(1.05),
            Several(new MemoryWork(many, Score: false, Little).Measured),
            Several(new MemoryWork(some, Score: false, Little).Measured));
    }

    private static SpeedOutcome Beside(SpeedBench bench, string name, MemoryWork work, Goal? goal)
    {
        bench.Cancellation.ThrowIfCancellationRequested();
        return SpeedOutcome.Beside(name, "MiB", goal, Several(work.Measured), Several(() => bench.Peer is null ? double.NaN : work.MeasuredPeer()));
    }

    private static double[] Several(Func<double> measure) => [.. Enumerable.Range(0, Processes).Select(_ => measure())];
}
