using static TorchSharp.torch;

#pragma warning disable RS0030 // The one file that may touch the process-wide random state: it puts it back.
namespace MLNet.GradStability;

/// <summary>
/// Keeps the process-wide random state as it was. Building a TorchSharp module draws from it, since layers initialise themselves; within
/// the scope that state is seeded, and other scopes wait.
/// </summary>
internal sealed class GlobalRandomScope : IDisposable
{
    private static readonly object Gate = new();
    private readonly Tensor _before;

    public GlobalRandomScope(int seed)
    {
        Monitor.Enter(Gate);
        _before = random.get_rng_state().DetachFromDisposeScope();
        manual_seed(seed);
    }

    public void Dispose()
    {
        random.set_rng_state(_before);
        _before.Dispose();
        Monitor.Exit(Gate);
    }
}
