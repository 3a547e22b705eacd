using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The array itself as a tensor, of its shape and element type: both share memory.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>The array itself as a tensor of its shape; another element type or device makes a copy.</summary>
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false,
        string[]? names = null)
    {
        var type = TypeOf(rawArray);
        device = InitializeDevice(device);
        var tensor = Wrap(rawArray, type);
        if ((dtype ?? type) != type || device.type != DeviceType.CPU)
            tensor = tensor.to(dtype ?? type, device, disposeAfter: true);
        return Finish(tensor, requires_grad, names);
    }

    private static unsafe Tensor Wrap(Array array, ScalarType type)
    {
        var pinned = GCHandle.Alloc(array, GCHandleType.Pinned);
        nint handle;
        fixed (long* sizes = Shape(array))
        {
            handle = Shim.shim_tensor_wrap((void*)pinned.AddrOfPinnedObject(), sizes, array.Rank, (int)type, &Release,
                GCHandle.ToIntPtr(pinned));
        }
        if (handle == 0)
            pinned.Free();
        return new Tensor(Shim.Check(handle));
    }

    [UnmanagedCallersOnly]
    private static void Release(nint pinned) => GCHandle.FromIntPtr(pinned).Free();

    private static ScalarType TypeOf(Array array) => array switch
    {
        float[] or float[,] or float[,,] => ScalarType.Float32,
        double[] or double[,] or double[,,] => ScalarType.Float64,
        long[] or long[,] or long[,,] => ScalarType.Int64,
        int[] or int[,] or int[,,] => ScalarType.Int32,
        byte[] or byte[,] or byte[,,] => ScalarType.Byte,
        _ => throw new ArgumentException($"No tensor can be made of {array.GetType()}."),
    };
}
