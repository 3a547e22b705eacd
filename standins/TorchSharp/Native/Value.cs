using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>What a <see cref="Value"/> holds; the numbers are those of the shim.</summary>
internal enum Tag
{
    Default = 0,
    None = 1,
    Tensor = 2,
    Int = 3,
    Double = 4,
    Bool = 5,
    IntList = 6,
    DoubleList = 7,
    TensorList = 8,
    OptionalTensorList = 9,
    Generator = 10,
    String = 11,
    Device = 12,
}

/// <summary>An argument or result as the shim sees it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Value
{
    public Tag Tag;
    public int Size;
    public long Payload;
}
