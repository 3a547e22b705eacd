namespace TorchSharp;

/// <summary>Kinds of device.</summary>
public enum DeviceType
{
    /// <summary>The processor.</summary>
    CPU = 0,
    /// <summary>NVIDIA graphics processors.</summary>
    CUDA = 1,
    /// <summary>Tensors without data.</summary>
    META = 14,
}

/// <summary>How padding fills.</summary>
public enum PaddingModes
{
    /// <summary>With zeros.</summary>
    Zeros = 0,
    /// <summary>Mirrored at the edge.</summary>
    Reflect = 1,
    /// <summary>With the edge value.</summary>
    Replicate = 2,
    /// <summary>From the other side.</summary>
    Circular = 3,
    /// <summary>With a constant.</summary>
    Constant = 4,
}

public static partial class torch
{
    /// <summary>Element types.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>Unsigned 8-bit integer.</summary>
        Byte = 0,
        /// <summary>Signed 8-bit integer.</summary>
        Int8 = 1,
        /// <summary>16-bit integer.</summary>
        Int16 = 2,
        /// <summary>32-bit integer.</summary>
        Int32 = 3,
        /// <summary>64-bit integer.</summary>
        Int64 = 4,
        /// <summary>16-bit floating point.</summary>
        Float16 = 5,
        /// <summary>32-bit floating point.</summary>
        Float32 = 6,
        /// <summary>64-bit floating point.</summary>
        Float64 = 7,
        /// <summary>Two 32-bit floating points.</summary>
        ComplexFloat32 = 9,
        /// <summary>Two 64-bit floating points.</summary>
        ComplexFloat64 = 10,
        /// <summary>Truth value.</summary>
        Bool = 11,
        /// <summary>Brain floating point.</summary>
        BFloat16 = 15,
    }

    /// <summary>How a division rounds.</summary>
    public enum RoundingMode
    {
        /// <summary>Not at all.</summary>
        None,
        /// <summary>Towards zero.</summary>
        trunc,
        /// <summary>Down.</summary>
        floor,
    }
}
