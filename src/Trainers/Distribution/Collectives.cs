using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>What ranks do together, made of sums and broadcasts.</summary>
internal static class Collectives
{
    // A span of bytes reaches to 2 GiB.
    private const long MostBytes = 1L << 30;

    /// <summary>Replaces the numbers of a tensor, contiguous and of type Float32 or Float64, by their sums over the ranks.</summary>
    public static void Sum(this ICollective ranks, Tensor tensor) => InPieces(ranks, tensor, bytes =>
    {
        if (tensor.dtype == ScalarType.Float64)
        {
            ranks.Sum(MemoryMarshal.Cast<byte, double>(bytes));
        }
        else
        {
            ranks.Sum(MemoryMarshal.Cast<byte, float>(bytes));
        }
    });

    /// <summary>Replaces parameters and buffers of a network by those of rank 0.</summary>
    public static void Broadcast(this ICollective ranks, nn.Module network)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        foreach (var tensor in network.parameters().Select(parameter => parameter.detach()).Concat(network.named_buffers().Select(named => named.Item2)))
        {
            InPieces(ranks, tensor, bytes => ranks.Broadcast(bytes, from: 0));
        }
    }

    /// <summary>A number of rank 0.</summary>
    public static int Broadcast(this ICollective ranks, int number)
    {
        ranks.Broadcast(MemoryMarshal.AsBytes(new Span<int>(ref number)), from: 0);
        return number;
    }

    /// <summary>The numbers of all ranks, one rank's after another's.</summary>
    public static double[] Gather(this ICollective ranks, IReadOnlyList<double> own)
    {
        var counts = new double[ranks.Count];
        counts[ranks.Rank] = own.Count;
        ranks.Sum(counts);
        var all = new double[(int)counts.Sum()];
        var place = (int)counts.Take(ranks.Rank).Sum();
        foreach (var number in own)
        {
            all[place++] = number;
        }

        ranks.Sum(all);
        return all;
    }

    /// <summary>The texts of all ranks, by rank.</summary>
    public static string[] Gather(this ICollective ranks, string own) =>
    [
        .. Enumerable.Range(0, ranks.Count).Select(rank =>
        {
            var text = Encoding.UTF8.GetBytes(rank == ranks.Rank ? own : string.Empty);
            var length = text.Length;
            ranks.Broadcast(MemoryMarshal.AsBytes(new Span<int>(ref length)), rank);
            Array.Resize(ref text, length);
            ranks.Broadcast(text, rank);
            return Encoding.UTF8.GetString(text);
        }),
    ];

    /// <summary>The rows of all ranks, <c>[rows, …]</c>, one rank's after another's; those of a single process are given back as they are.</summary>
    public static Tensor GatherRows(this ICollective ranks, Tensor own)
    {
        if (ranks.Count == 1)
        {
            return own;
        }

        var counts = new double[ranks.Count];
        counts[ranks.Rank] = own.shape[0];
        ranks.Sum(counts);
        using var scope = NewDisposeScope();

        // Sums of Float64 are exact for class indices.
        var type = own.is_floating_point() ? own.dtype : ScalarType.Float64;
        var all = zeros([(long)counts.Sum(), .. own.shape[1..]], dtype: type);
        all.narrow(0, (long)counts.Take(ranks.Rank).Sum(), own.shape[0]).copy_(own);
        ranks.Sum(all);
        return all.to(own.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>Does something that may fail on one rank and not on others: then all of them fail.</summary>
    /// <exception cref="InvalidOperationException">It failed on another rank; a failure of this rank is thrown as it is.</exception>
    public static T Together<T>(this ICollective ranks, Func<T> action)
    {
        if (ranks.Count == 1)
        {
            return action();
        }

        var result = default(T);
        Exception? own = null;
        try
        {
            result = action();
        }
        catch (Exception e)
        {
            own = e;
        }

        var faults = ranks.Gather(own?.Message ?? string.Empty);
        if (Array.FindIndex(faults, fault => fault.Length > 0) is var rank and >= 0)
        {
            (result as IDisposable)?.Dispose();
            ranks.Leave();
            ExceptionDispatchInfo.Throw(own ?? new InvalidOperationException($"DataParallel: rank {rank} of {ranks.Count} cannot train: {faults[rank]}"));
        }

        return result!;
    }

    private static void InPieces(ICollective ranks, Tensor tensor, SpanAction action)
    {
        if (ranks.Count == 1 || tensor.numel() == 0)
        {
            return;
        }

        using var scope = NewDisposeScope();
        var isDirect = tensor.device.type == DeviceType.CPU && tensor.is_contiguous();
        var flat = (isDirect ? tensor : tensor.cpu().contiguous()).view(-1);
        var most = MostBytes / flat.element_size();
        for (var start = 0L; start < flat.shape[0]; start += most)
        {
            action(flat.narrow(0, start, Math.Min(most, flat.shape[0] - start)).bytes);
        }

        if (!isDirect)
        {
            tensor.copy_(flat.view(tensor.shape));
        }
    }

    private delegate void SpanAction(Span<byte> bytes);
}
