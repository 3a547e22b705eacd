namespace Microsoft.ML.Data;

/// <summary>The kinds of items a column can hold.</summary>
public enum DataKind : byte
{
    /// <summary>8-bit signed integer.</summary>
    SByte = 1,

    /// <summary>8-bit unsigned integer.</summary>
    Byte = 2,

    /// <summary>16-bit signed integer.</summary>
    Int16 = 3,

    /// <summary>16-bit unsigned integer.</summary>
    UInt16 = 4,

    /// <summary>32-bit signed integer.</summary>
    Int32 = 5,

    /// <summary>32-bit unsigned integer.</summary>
    UInt32 = 6,

    /// <summary>64-bit signed integer.</summary>
    Int64 = 7,

    /// <summary>64-bit unsigned integer.</summary>
    UInt64 = 8,

    /// <summary>Single-precision number.</summary>
    Single = 9,

    /// <summary>Double-precision number.</summary>
    Double = 10,

    /// <summary>Text.</summary>
    String = 11,

    /// <summary>True or false.</summary>
    Boolean = 12,

    /// <summary>Span of time.</summary>
    TimeSpan = 13,

    /// <summary>Date and time.</summary>
    DateTime = 14,

    /// <summary>Date and time with offset.</summary>
    DateTimeOffset = 15,
}
