using System.Text.Json;

namespace MLNet.GradStability;

/// <summary>Hands a checkpoint that rank 0 has read to all ranks: they need not see its files.</summary>
internal static class SharedSnapshot
{
    /// <param name="ranks">The ranks.</param>
    /// <param name="found">What rank 0 has; null when it has none, and on the others.</param>
    public static (CheckpointHeader Header, StateSnapshot State)? Of(ICollective ranks, (CheckpointHeader Header, StateSnapshot State)? found)
    {
        if (ranks.Count == 1 || ranks.Broadcast(found is null ? 0 : 1) == 0)
        {
            return found;
        }

        var header = ranks.Gather(found is { } own ? JsonSerializer.Serialize(own.Header, Descriptions.Options) : string.Empty)[0];
        using var stream = new BroadcastStream(ranks);
        if (found is var (_, state))
        {
            state.Write(stream);
            stream.Flush();
            return found;
        }

        return (JsonSerializer.Deserialize<CheckpointHeader>(header, Descriptions.Options)!, StateSnapshot.Read(stream));
    }
}
