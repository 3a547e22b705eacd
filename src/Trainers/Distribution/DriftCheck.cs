using System.Buffers.Binary;
using System.Security.Cryptography;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Looks now and then whether all ranks hold the same weights and statistics, bit for bit, by their hashes.</summary>
/// <param name="ranks">The ranks.</param>
/// <param name="flat">The parameters.</param>
/// <param name="network">The network, for its statistics.</param>
/// <param name="every">Steps from one look to the next.</param>
internal sealed class DriftCheck(ICollective ranks, FlatParameters flat, nn.Module network, int every)
{
    private const int MostNames = 3;

    /// <summary>Looks when it is time.</summary>
    /// <exception cref="InvalidOperationException">A rank holds something else, thrown on all ranks.</exception>
    public void StepEnded(long step)
    {
        if (step % every == 0)
        {
            Look(step);
        }
    }

    /// <summary>Looks now.</summary>
    /// <param name="step">Steps done.</param>
    /// <exception cref="InvalidOperationException">A rank holds something else, thrown on all ranks.</exception>
    public void Look(long step)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var held = flat.All.Segments.Select(segment => (segment.Name, Tensor: segment.Value))
            .Concat(network.named_buffers().Where(named => named.Item2.is_floating_point()).Select(named => (Name: named.Item1, Tensor: named.Item2)))
            .ToList();
        var hashes = ranks.Gather(held.ConvertAll(part => HashOf(part.Tensor)));
        for (var rank = 1; rank < ranks.Count; rank++)
        {
            var other = rank * held.Count;
            var names = held.Where((_, i) => hashes[i] != hashes[other + i]).Select(part => part.Name).ToList();
            if (names.Count > 0)
            {
                ranks.Leave();
                throw new InvalidOperationException(
                    FormattableString.Invariant($"DataParallel: all ranks must hold the same weights; after step {step} rank {rank} of {ranks.Count} holds others than rank 0 in {string.Join(", ", names.Take(MostNames))}{(names.Count > MostNames ? FormattableString.Invariant($" and {names.Count - MostNames} more") : string.Empty)}. Callbacks must change weights and rate on all ranks alike, and all ranks need processors and libraries of one kind; then resume from the last checkpoint."));
            }
        }
    }

    // As many bits as a double holds exactly.
    private static double HashOf(Tensor tensor)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(tensor.cpu().contiguous().bytes, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash) >> 11;
    }
}
