using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// Gives keys that no training row holds the mean vector of the training rows, so that an unseen key is scored as an average one. Their own first vectors
/// were drawn at random, and no gradient ever reaches them.
/// </summary>
internal sealed class UnseenKeys : IDisposable
{
    private readonly List<(EmbeddingTable Table, Tensor Unseen, Tensor Shares)> _tables = [];

    /// <param name="network">The network; its tables lie in the order of the keys in a row.</param>
    /// <param name="counts">What the training rows hold; null when they hold no keys.</param>
    public UnseenKeys(nn.Module network, KeyCounts? counts)
    {
        if (counts is null)
        {
            return;
        }

        using var scope = NewDisposeScope();
        var tables = network.named_modules().DistinctBy(named => named.Item1).Select(named => named.Item2).OfType<EmbeddingTable>();
        foreach (var (table, slot) in tables.Select((table, slot) => (table, slot)))
        {
            var weights = counts.Of(slot);
            var unseen = Enumerable.Range(0, weights.Count).Where(key => weights[key] == 0).Select(key => (long)key).ToArray();
            if (unseen.Length > 0)
            {
                var total = weights.Sum();
                _tables.Add((table, tensor(unseen).MovedTo(table.Vectors.device).DetachFromDisposeScope(), tensor(weights.Select(weight => (float)(weight / total)).ToArray()).MovedTo(table.Vectors.device).DetachFromDisposeScope()));
            }
        }
    }

    /// <summary>Writes the vectors; those of frozen tables stay as they are.</summary>
    public void Fill()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (table, unseen, shares) in _tables.Where(part => part.Table.Vectors.requires_grad))
        {
            var mean = shares.unsqueeze(0).mm(table.Vectors);
            table.Vectors.index_copy_(0, unseen, mean.expand(unseen.shape[0], mean.shape[1]));
        }
    }

    public void Dispose()
    {
        foreach (var (_, unseen, shares) in _tables)
        {
            unseen.Dispose();
            shares.Dispose();
        }
    }
}
