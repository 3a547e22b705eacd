namespace MLNet.GradStability.Tests.Distribution;

/// <summary>Ranks that are threads of one process, for what needs no real job.</summary>
internal sealed class ThreadRanks : ICollective
{
    private readonly Shared _shared;

    private ThreadRanks(Shared shared, int rank) => (_shared, Rank) = (shared, rank);

    public int Rank { get; }

    public int Count => _shared.Buffers.Length;

    public TimeSpan Time => TimeSpan.Zero;

    /// <summary>How often this rank has left.</summary>
    public int Left { get; private set; }

    /// <summary>Does something on each rank at once.</summary>
    /// <returns>What each gave, or threw.</returns>
    public static IReadOnlyList<(T? Value, Exception? Error, int Left)> Run<T>(int count, Func<ICollective, T> action)
    {
        var shared = new Shared(count);
        var results = new (T?, Exception?, int)[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(rank => new Thread(() =>
        {
            var ranks = new ThreadRanks(shared, rank);
            try
            {
                results[rank] = (action(ranks), null, ranks.Left);
            }
            catch (Exception e)
            {
                results[rank] = (default, e, ranks.Left);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return results;
    }

    public void Sum(Span<float> numbers) => All(numbers, (all, own) =>
    {
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = all.Sum(other => other[i]);
        }
    });

    public void Sum(Span<double> numbers) => All(numbers, (all, own) =>
    {
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = all.Sum(other => other[i]);
        }
    });

    public void Broadcast(Span<byte> bytes, int from) => All(bytes, (all, own) => all[from].CopyTo(own));

    public void Barrier()
    {
        // The others may have failed.
        if (!_shared.Barrier.SignalAndWait(TimeSpan.FromSeconds(20)))
        {
            throw new TimeoutException($"Rank {Rank} waits for ranks that do not come.");
        }
    }

    public void Enter()
    {
    }

    public void Leave() => Left++;

    private void All<T>(Span<T> own, SpanFunction<T> function)
    {
        _shared.Buffers[Rank] = own.ToArray();
        Barrier();
        T[][] all = [.. _shared.Buffers.Cast<T[]>()];
        Barrier();
        Assert.All(all, other => Assert.Equal(all[0].Length, other.Length));
        function(all, own);
    }

    private delegate void SpanFunction<T>(T[][] all, Span<T> own);

    private sealed class Shared(int count)
    {
        public Array[] Buffers { get; } = new Array[count];

        public Barrier Barrier { get; } = new(count);
    }
}
