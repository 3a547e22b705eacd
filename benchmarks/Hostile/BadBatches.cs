namespace MLNet.GradStability.Benchmarks.Hostile;

/// <summary>What is done to a bad batch.</summary>
internal enum BadBatch
{
    /// <summary>All features are NaN.</summary>
    Nan,

    /// <summary>All targets are thirty times what they are.</summary>
    Label,

    /// <summary>All features are ten thousand times what they are.</summary>
    Input,
}

/// <summary>Ten bad batches, spread over a run.</summary>
internal static class BadBatches
{
    private const int Count = 10;

    /// <summary>The steps, from 0, that are bad in a run of so many steps: the same for all recipes, and for the peer.</summary>
    public static HashSet<long> Steps(long steps) => [.. Enumerable.Range(0, Count).Select(i => (long)((i + 0.5) * steps / Count))];

    public static Callback Callback(BadBatch kind, long steps)
    {
        var bad = Steps(steps);
        return GradStability.Callback.On(stepStarting: (run, rows) =>
        {
            if (bad.Contains(run.Step))
            {
                switch (kind)
                {
                    case BadBatch.Nan:
                        rows.Features.fill_(float.NaN);
                        break;
                    case BadBatch.Label:
                        rows.Targets.mul_(30);
                        break;
                    default:
                        rows.Features.mul_(1e4);
                        break;
                }
            }
        });
    }
}
