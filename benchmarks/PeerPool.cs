using System.Collections.Concurrent;

namespace MLNet.GradStability.Benchmarks;

/// <summary>Peers of one script, started when they are needed, so that several threads can ask at once.</summary>
internal sealed class PeerPool : IDisposable
{
    private readonly string _script;
    private readonly ConcurrentBag<Peer> _idle = [];

    /// <param name="script">The script.</param>
    /// <param name="wanted">Whether any are to be started.</param>
    public PeerPool(string script, bool wanted)
    {
        _script = script;
        if (wanted && Peer.Start(script) is { } first)
        {
            _idle.Add(first);
            IsAvailable = true;
        }
    }

    /// <summary>Whether there is a Python with the packages that the script imports.</summary>
    public bool IsAvailable { get; }

    public T With<T>(Func<Peer, T> ask)
    {
        var peer = _idle.TryTake(out var idle) ? idle : Peer.Start(_script)!;
        try
        {
            return ask(peer);
        }
        finally
        {
            _idle.Add(peer);
        }
    }

    public void Dispose()
    {
        foreach (var peer in _idle)
        {
            peer.Dispose();
        }
    }
}
