using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    private static Device? _defaultDevice;

    /// <summary>Where new tensors are put.</summary>
    public static Device get_default_device() => _defaultDevice ??= CPU;

    /// <summary>Element type of new floating-point tensors.</summary>
    public static ScalarType get_default_dtype() => (ScalarType)Shim.shim_default_dtype();

    /// <summary>Sets the element type of new floating-point tensors.</summary>
    public static void set_default_dtype(ScalarType dtype) => Shim.Check(Shim.shim_set_default_dtype((int)dtype));

    /// <summary>Threads inside one operator.</summary>
    public static int get_num_threads() => Shim.shim_num_threads();

    /// <summary>Sets the threads inside one operator.</summary>
    public static void set_num_threads(int num) => Shim.Check(Shim.shim_set_num_threads(num));

    /// <summary>Threads that run operators side by side.</summary>
    public static int get_num_interop_threads()
    {
        var count = Shim.shim_num_interop_threads();
        Shim.Check(count);
        return count;
    }

    /// <summary>Sets the threads that run operators side by side.</summary>
    public static void set_num_interop_threads(int num) => Shim.Check(Shim.shim_set_num_interop_threads(num));

    /// <summary>Opens a scope that disposes the tensors made in it.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();

    /// <summary>The innermost open scope of this thread.</summary>
    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.ThreadSingleton.CurrentDisposeScope;

    /// <summary>Whether there is a CUDA device.</summary>
    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>NVIDIA devices.</summary>
    public static class cuda
    {
        /// <summary>Whether there is one.</summary>
        public static bool is_available() => device_count() > 0;

        /// <summary>How many there are.</summary>
        public static int device_count() => Shim.shim_cuda_device_count();

        /// <summary>Waits until the device has done its work.</summary>
        public static void synchronize(Device? device = null)
        {
            InitializeDeviceType(DeviceType.CUDA);
            Shim.Check(Shim.shim_cuda_synchronize(device?.index ?? -1));
        }
    }
}
