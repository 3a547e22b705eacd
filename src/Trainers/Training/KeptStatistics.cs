using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Puts the buffers of a network, such as running statistics, back as they were when it is disposed.</summary>
internal sealed class KeptStatistics(nn.Module network) : IDisposable
{
    private readonly (Tensor Buffer, Tensor Before)[] _kept = [.. network.named_buffers().Select(named => (named.Item2, named.Item2.clone()))];

    public void Dispose()
    {
        using var _ = no_grad();
        foreach (var (buffer, before) in _kept)
        {
            buffer.copy_(before);
            before.Dispose();
        }
    }
}
