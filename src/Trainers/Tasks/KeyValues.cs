using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>The original values of a key column, such as class names, as ML.NET's KeyValues annotation holds them.</summary>
internal abstract class KeyValues
{
    private static readonly KeyValueType[] Types =
    [
        new KeyValueType<ReadOnlyMemory<char>>("text", TextDataViewType.Instance, (to, value) => to.Write(value.ToString()), from => from.ReadString().AsMemory()),
        new KeyValueType<bool>("bool", BooleanDataViewType.Instance, (to, value) => to.Write(value), from => from.ReadBoolean()),
        new KeyValueType<sbyte>("int8", NumberDataViewType.SByte, (to, value) => to.Write(value), from => from.ReadSByte()),
        new KeyValueType<byte>("uint8", NumberDataViewType.Byte, (to, value) => to.Write(value), from => from.ReadByte()),
        new KeyValueType<short>("int16", NumberDataViewType.Int16, (to, value) => to.Write(value), from => from.ReadInt16()),
        new KeyValueType<ushort>("uint16", NumberDataViewType.UInt16, (to, value) => to.Write(value), from => from.ReadUInt16()),
        new KeyValueType<int>("int32", NumberDataViewType.Int32, (to, value) => to.Write(value), from => from.ReadInt32()),
        new KeyValueType<uint>("uint32", NumberDataViewType.UInt32, (to, value) => to.Write(value), from => from.ReadUInt32()),
        new KeyValueType<long>("int64", NumberDataViewType.Int64, (to, value) => to.Write(value), from => from.ReadInt64()),
        new KeyValueType<ulong>("uint64", NumberDataViewType.UInt64, (to, value) => to.Write(value), from => from.ReadUInt64()),
        new KeyValueType<float>("float32", NumberDataViewType.Single, (to, value) => to.Write(value), from => from.ReadSingle()),
        new KeyValueType<double>("float64", NumberDataViewType.Double, (to, value) => to.Write(value), from => from.ReadDouble()),
        new KeyValueType<DateTime>("datetime", DateTimeDataViewType.Instance, (to, value) => to.Write(value.ToBinary()), from => DateTime.FromBinary(from.ReadInt64())),
        new KeyValueType<TimeSpan>("timespan", TimeSpanDataViewType.Instance, (to, value) => to.Write(value.Ticks), from => new TimeSpan(from.ReadInt64())),
        new KeyValueType<DateTimeOffset>(
            "datetimeoffset",
            DateTimeOffsetDataViewType.Instance,
            (to, value) =>
            {
                to.Write(value.Ticks);
                to.Write(value.Offset.Ticks);
            },
            from => new DateTimeOffset(from.ReadInt64(), new TimeSpan(from.ReadInt64()))),
    ];

    /// <summary>How many values there are.</summary>
    public abstract int Count { get; }

    /// <summary>Reads the values, or the slot names, of a column; null when it has none of a type that can be stored.</summary>
    public static KeyValues? Of(DataViewSchema.Column column, string annotation = ScoreAnnotations.KeyValues)
    {
        var item = (column.Annotations.Schema.GetColumnOrNull(annotation)?.Type as VectorDataViewType)?.ItemType;
        return item is null ? null : Array.Find(Types, type => type.Type.Equals(item))?.Of(column, annotation);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The stream.</param>
    /// <param name="expected">How many values there must be.</param>
    public static KeyValues Read(BinaryReader reader, int expected)
    {
        var name = reader.ReadString();
        var type = Array.Find(Types, type => type.Name == name) ?? throw new FormatException($"the label values are of the unknown type \"{name}\"");
        var count = reader.ReadInt32();
        return count == expected ? type.Read(reader, count) : throw new FormatException($"{expected} label values are expected and {count} are there");
    }

    /// <summary>Adds the values as an annotation.</summary>
    public abstract void AddTo(DataViewSchema.Annotations.Builder builder, string kind);

    /// <summary>Adds the values as an annotation when they are text, as ML.NET does for slot names.</summary>
    public abstract void AddTextTo(DataViewSchema.Annotations.Builder builder, string kind);

    /// <summary>The value at an index, as text in quotes.</summary>
    public string TextOf(int index) => $"\"{PlainTextOf(index)}\"";

    /// <summary>The value at an index, as text.</summary>
    public abstract string PlainTextOf(int index);

    /// <summary>All values as text, or their numbers where there are none.</summary>
    /// <param name="values">The values; null when there are none.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="first">The number of the first.</param>
    public static string[] NamesOf(KeyValues? values, int count, int first) =>
        [.. Enumerable.Range(0, count).Select(i => values?.PlainTextOf(i) ?? FormattableString.Invariant($"{i + first}"))];

    /// <summary>Writes the type's name, the count and the values.</summary>
    public abstract void Write(BinaryWriter writer);

    private abstract record KeyValueType(string Name, PrimitiveDataViewType Type)
    {
        public abstract KeyValues Of(DataViewSchema.Column column, string annotation);

        public abstract KeyValues Read(BinaryReader reader, int count);
    }

    private sealed record KeyValueType<T>(string Name, PrimitiveDataViewType Type, Action<BinaryWriter, T> WriteValue, Func<BinaryReader, T> ReadValue)
        : KeyValueType(Name, Type)
    {
        public override KeyValues Of(DataViewSchema.Column column, string annotation)
        {
            VBuffer<T> values = default;
            column.Annotations.GetValue(annotation, ref values);
            return new Typed<T>(this, [.. values.DenseValues()]);
        }

        public override KeyValues Read(BinaryReader reader, int count)
        {
            var values = new List<T>();
            for (var i = 0; i < count; i++)
            {
                values.Add(ReadValue(reader));
            }

            return new Typed<T>(this, [.. values]);
        }
    }

    private sealed class Typed<T>(KeyValueType<T> type, T[] values) : KeyValues
    {
        public override int Count => values.Length;

        public override void AddTo(DataViewSchema.Annotations.Builder builder, string kind) =>
            builder.Add(kind, new VectorDataViewType(type.Type, values.Length), (ref VBuffer<T> value) => value = new VBuffer<T>(values.Length, values));

        public override void AddTextTo(DataViewSchema.Annotations.Builder builder, string kind)
        {
            if (type.Type is TextDataViewType)
            {
                AddTo(builder, kind);
            }
        }

        public override string PlainTextOf(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{values[index]}");

        public override void Write(BinaryWriter writer)
        {
            writer.Write(type.Name);
            writer.Write(values.Length);
            foreach (var value in values)
            {
                type.WriteValue(writer, value);
            }
        }
    }
}
