using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// The global norm of the gradients as the last update used them. A transform that knows it tells it; else it stays on the device until somebody waits for
/// the device anyway.
/// </summary>
internal sealed class UsedNorm : IDisposable
{
    private double _known = double.NaN;

    /// <summary>The norm on the device, a number; null when it is known, or was read.</summary>
    public Tensor? OnDevice { get; private set; }

    public void Set(double norm)
    {
        Dispose();
        _known = norm;
    }

    /// <param name="norm">A number on the device.</param>
    public void Set(Tensor norm)
    {
        Dispose();
        OnDevice = norm.DetachFromDisposeScope();
    }

    /// <summary>Takes the number that <see cref="OnDevice"/> has turned out to be.</summary>
    public void WasRead(double norm) => Set(norm);

    /// <summary>The norm, and forgets it; NaN when there is none. It waits for the device where the norm is still there.</summary>
    public double Take()
    {
        var norm = OnDevice?.ToDouble() ?? _known;
        Set(double.NaN);
        return norm;
    }

    public void Dispose()
    {
        OnDevice?.Dispose();
        OnDevice = null;
    }
}
