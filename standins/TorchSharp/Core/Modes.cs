using TorchSharp.Native;

namespace TorchSharp;

/// <summary>Checks of the backward pass that name the forward operator at fault.</summary>
public class AnomalyMode : IDisposable
{
    private readonly bool _wasEnabled = IsEnabled;
    private readonly bool _checkedNaN = ShouldCheckNaN;

    /// <summary>Switches the checks until disposed.</summary>
    public AnomalyMode(bool enabled, bool check_nan = true) => Shim.shim_set_anomaly(enabled ? 1 : 0, check_nan ? 1 : 0);

    /// <summary>Whether the checks are on.</summary>
    public static bool IsEnabled => Shim.shim_anomaly_enabled() != 0;

    /// <summary>Whether NaN counts as a fault.</summary>
    public static bool ShouldCheckNaN => Shim.shim_anomaly_check_nan() != 0;

    /// <summary>Goes back to what was before.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Goes back to what was before.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            Shim.shim_set_anomaly(_wasEnabled ? 1 : 0, _checkedNaN ? 1 : 0);
    }
}

internal sealed class AutoGradMode : IDisposable
{
    private readonly int _previous = Shim.shim_grad_enabled();

    public AutoGradMode(bool enabled) => Shim.shim_set_grad_enabled(enabled ? 1 : 0);

    public void Dispose() => Shim.shim_set_grad_enabled(_previous);
}

internal sealed class InferenceMode(bool enabled) : IDisposable
{
    private nint _guard = Shim.shim_inference_mode_enter(enabled ? 1 : 0);

    public void Dispose()
    {
        if (_guard != 0)
            Shim.shim_inference_mode_leave(_guard);
        _guard = 0;
    }
}

public static partial class torch
{
    /// <summary>Records no gradients on this thread until disposed.</summary>
    public static IDisposable no_grad() => new AutoGradMode(false);

    /// <summary>Records gradients on this thread until disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    /// <summary>Switches the recording of gradients on this thread until disposed.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    /// <summary>Whether this thread records gradients.</summary>
    public static bool is_grad_enabled() => Shim.shim_grad_enabled() != 0;

    /// <summary>Makes tensors that never take part in gradients until disposed.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    /// <summary>Whether this thread is in inference mode.</summary>
    public static bool is_inference_mode_enabled() => Shim.shim_inference_mode_enabled() != 0;
}
