using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp.Native;

/// <summary>The functions of libtorchshim. Those that only read a field skip the switch of GC mode.</summary>
internal static unsafe class Shim
{
    private const string Library = "torchshim";

    /// <summary>Throws what libtorch reported, as the package does.</summary>
    public static void Check(int code)
    {
        if (code < 0)
            Throw();
    }

    public static nint Check(nint handle)
    {
        if (handle == 0)
            Throw();
        return handle;
    }

    private static void Throw() => throw new ExternalException(Marshal.PtrToStringUTF8(shim_error()));

    [DllImport(Library)] private static extern nint shim_error();

    [DllImport(Library)] public static extern nint shim_find(byte* name, byte* overload);
    [DllImport(Library)] public static extern int shim_call(nint op, Value* arguments, int argumentCount, Value* results, int resultCount);

    [DllImport(Library)] public static extern void shim_tensor_free(nint tensor);
    [DllImport(Library)] public static extern nint shim_tensor_alias(nint tensor);
    [DllImport(Library), SuppressGCTransition] public static extern long shim_tensor_dim(nint tensor);
    [DllImport(Library), SuppressGCTransition] public static extern long shim_tensor_numel(nint tensor);
    [DllImport(Library), SuppressGCTransition] public static extern int shim_tensor_dtype(nint tensor);
    [DllImport(Library), SuppressGCTransition] public static extern long shim_tensor_element_size(nint tensor);
    [DllImport(Library), SuppressGCTransition] public static extern int shim_tensor_device_type(nint tensor);
    [DllImport(Library), SuppressGCTransition] public static extern int shim_tensor_device_index(nint tensor);
    [DllImport(Library), SuppressGCTransition] public static extern long shim_tensor_storage_offset(nint tensor);
    [DllImport(Library), SuppressGCTransition] public static extern int shim_tensor_is_contiguous(nint tensor);
    [DllImport(Library)] public static extern int shim_tensor_sizes(nint tensor, long* sizes);
    [DllImport(Library)] public static extern int shim_tensor_strides(nint tensor, long* strides);
    [DllImport(Library)] public static extern void* shim_tensor_data(nint tensor);
    [DllImport(Library)] public static extern nint shim_tensor_new(void* data, long bytes, long* sizes, int dim, int dtype);

    [DllImport(Library)]
    public static extern nint shim_tensor_wrap(void* data, long* sizes, int dim, int dtype, delegate* unmanaged<nint, void> release, nint context);

    [DllImport(Library)] public static extern int shim_tensor_requires_grad(nint tensor);
    [DllImport(Library)] public static extern int shim_tensor_set_requires_grad(nint tensor, int value);
    [DllImport(Library)] public static extern int shim_tensor_is_leaf(nint tensor);
    [DllImport(Library)] public static extern int shim_tensor_retain_grad(nint tensor);
    [DllImport(Library)] public static extern nint shim_tensor_grad(nint tensor);
    [DllImport(Library)] public static extern int shim_tensor_set_grad(nint tensor, nint gradient);
    [DllImport(Library)]
    public static extern int shim_backward(nint* tensors, int count, nint* gradients, int gradientCount,
        int retainGraph, int createGraph, nint* inputs, int inputCount);
    [DllImport(Library)]
    public static extern int shim_grad(nint* outputs, int outputCount, nint* inputs, int inputCount,
        nint* gradients, int gradientCount, int retainGraph, int createGraph, int allowUnused, nint* results);
    [DllImport(Library), SuppressGCTransition] public static extern int shim_grad_enabled();
    [DllImport(Library), SuppressGCTransition] public static extern void shim_set_grad_enabled(int enabled);
    [DllImport(Library)] public static extern nint shim_inference_mode_enter(int enabled);
    [DllImport(Library)] public static extern void shim_inference_mode_leave(nint guard);
    [DllImport(Library)] public static extern int shim_inference_mode_enabled();
    [DllImport(Library)] public static extern int shim_anomaly_enabled();
    [DllImport(Library)] public static extern int shim_anomaly_check_nan();
    [DllImport(Library)] public static extern void shim_set_anomaly(int enabled, int checkNan);

    [DllImport(Library)] public static extern nint shim_generator_new(ulong seed);
    [DllImport(Library)] public static extern nint shim_generator_default();
    [DllImport(Library)] public static extern void shim_generator_free(nint generator);
    [DllImport(Library)] public static extern void shim_generator_set_seed(nint generator, ulong seed);
    [DllImport(Library)] public static extern ulong shim_generator_seed(nint generator);
    [DllImport(Library)] public static extern ulong shim_generator_current_seed(nint generator);
    [DllImport(Library)] public static extern nint shim_generator_get_state(nint generator);
    [DllImport(Library)] public static extern int shim_generator_set_state(nint generator, nint state);
    [DllImport(Library)] public static extern int shim_manual_seed(ulong seed);

    [DllImport(Library)] public static extern int shim_num_threads();
    [DllImport(Library)] public static extern int shim_set_num_threads(int count);
    [DllImport(Library)] public static extern int shim_num_interop_threads();
    [DllImport(Library)] public static extern int shim_set_num_interop_threads(int count);
    [DllImport(Library)] public static extern int shim_default_dtype();
    [DllImport(Library)] public static extern int shim_set_default_dtype(int dtype);
    [DllImport(Library)] public static extern int shim_cuda_device_count();
    [DllImport(Library)] public static extern int shim_cuda_synchronize(int index);
}
