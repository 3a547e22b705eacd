using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Single values in model files.</summary>
internal static class ValueCodec
{
    public static void Write<T>(BinaryWriter writer, T value)
    {
        switch (value)
        {
            case ReadOnlyMemory<char> text:
                writer.Write(text.ToString());
                break;
            case bool flag:
                writer.Write(flag);
                break;
            case float number:
                writer.Write(number);
                break;
            case double number:
                writer.Write(number);
                break;
            case ulong number:
                writer.Write(number);
                break;
            case TimeSpan span:
                writer.Write(span.Ticks);
                break;
            case DateTime time:
                writer.Write(time.ToBinary());
                break;
            case DateTimeOffset time:
                writer.Write(time.Ticks);
                writer.Write(time.Offset.Ticks);
                break;
            case DataViewRowId id:
                writer.Write(id.Low);
                writer.Write(id.High);
                break;
            default:
                writer.Write(Convert.ToInt64(value));
                break;
        }
    }

    public static T Read<T>(BinaryReader reader)
    {
        var type = typeof(T);
        object value =
            type == typeof(ReadOnlyMemory<char>) ? reader.ReadString().AsMemory()
            : type == typeof(bool) ? reader.ReadBoolean()
            : type == typeof(float) ? reader.ReadSingle()
            : type == typeof(double) ? reader.ReadDouble()
            : type == typeof(ulong) ? reader.ReadUInt64()
            : type == typeof(TimeSpan) ? new TimeSpan(reader.ReadInt64())
            : type == typeof(DateTime) ? DateTime.FromBinary(reader.ReadInt64())
            : type == typeof(DateTimeOffset) ? new DateTimeOffset(reader.ReadInt64(), new TimeSpan(reader.ReadInt64()))
            : type == typeof(DataViewRowId) ? new DataViewRowId(reader.ReadUInt64(), reader.ReadUInt64())
            : Convert.ChangeType(reader.ReadInt64(), type);
        return (T)value;
    }
}
