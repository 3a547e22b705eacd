using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Values and their keys: the first value has key 1, what is not among them key 0.</summary>
internal abstract class TermMap(PrimitiveDataViewType itemType, int count)
{
    public PrimitiveDataViewType ItemType => itemType;

    /// <summary>The type of the keys; even without a value there is room for one.</summary>
    public KeyDataViewType KeyType { get; } = new(typeof(uint), Math.Max(count, 1));

    public abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column source);

    public abstract void AddKeyValues(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column source, bool asText);

    public static void Write(BinaryWriter writer, TermMap map)
    {
        TypeCodec.Write(writer, map.ItemType);
        map.WriteValues(writer);
    }

    public static TermMap Read(BinaryReader reader)
    {
        var type = TypeCodec.Read(reader) as PrimitiveDataViewType ?? throw Contracts.ExceptDecode("The terms have no item type");
        return GenericMethods.Invoke<TermMap>(ReadValues<int>, [type.RawType], reader, type);
    }

    protected abstract void WriteValues(BinaryWriter writer);

    private static TermMap<T> ReadValues<T>(BinaryReader reader, PrimitiveDataViewType type) =>
        new(type, reader.ReadArray(ValueCodec.Read<T>));
}

/// <summary>Values of one type and their keys.</summary>
internal sealed class TermMap<T> : TermMap
{
    private readonly T[] _values;
    private readonly Dictionary<T, uint> _keys;

    public TermMap(PrimitiveDataViewType itemType, T[] values)
        : base(itemType, values.Length)
    {
        _values = values;
        _keys = new(values.Length, Terms<T>.Comparer);
        foreach (T value in values)
            _keys.Add(value, (uint)_keys.Count + 1);
    }

    public override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column source)
    {
        var column = row.Schema[source.Index];
        return source.Type is VectorDataViewType vector
            ? VectorGetter(row.GetGetter<VBuffer<T>>(column), source.Name, vector.Size)
            : OneGetter(row.GetGetter<T>(column));
    }

    public override void AddKeyValues(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column source, bool asText)
    {
        if (_values.Length == 0)
            return;
        // Keys of keys stand for what the first keys stand for.
        if (ItemType is KeyDataViewType key && source.AnnotationType(AnnotationUtils.Kinds.KeyValues) is VectorDataViewType type
            && (ulong)type.Size == key.Count)
            GenericMethods.Invoke<object>(AddSourceValues<int>, [type.ItemType.RawType], annotations, source, type.ItemType, asText);
        else
            Add(annotations, ItemType, _values, asText);
    }

    protected override void WriteValues(BinaryWriter writer) => writer.WriteArray(_values, ValueCodec.Write);

    private static void Add<TValue>(DataViewSchema.Annotations.Builder annotations, PrimitiveDataViewType type, TValue[] values,
        bool asText)
    {
        if (asText && type is not TextDataViewType)
            annotations.AddKeyValues(TextDataViewType.Instance, values.Select(value => ValueText.Of(value, type).AsMemory()).ToArray());
        else
            annotations.AddKeyValues(type, values);
    }

    private object AddSourceValues<TValue>(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column source,
        PrimitiveDataViewType type, bool asText)
    {
        VBuffer<TValue> values = default;
        source.GetKeyValues(ref values);
        Add(annotations, type, _values.Select(value => values.GetItemOrDefault(Convert.ToInt32(value) - 1)).ToArray(), asText);
        return null;
    }

    private uint Map(T value) => _keys.GetValueOrDefault(value);

    private ValueGetter<uint> OneGetter(ValueGetter<T> getter)
    {
        T value = default;
        return (ref uint dst) =>
        {
            getter(ref value);
            dst = Map(value);
        };
    }

    private ValueGetter<VBuffer<uint>> VectorGetter(ValueGetter<VBuffer<T>> getter, string name, int size)
    {
        VBuffer<T> src = default;
        bool keepsSparse = typeof(T) == typeof(ReadOnlyMemory<char>) || Map(default) == 0;
        return (ref VBuffer<uint> dst) =>
        {
            getter(ref src);
            Contracts.Check(size == 0 || src.Length == size, $"Column '{name}': TermTransform expects {size} slots, but got {src.Length}");
            src.MapItems(ref dst, Map, keepsSparse);
        };
    }
}
