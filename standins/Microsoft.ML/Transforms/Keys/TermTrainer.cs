using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Collects the values of one column, up to a limit.</summary>
internal abstract class TermTrainer
{
    public abstract int Count { get; }

    /// <summary>Takes the cursor's row in; false when the limit is reached.</summary>
    public abstract bool Process();

    public abstract TermMap Finish(ValueToKeyMappingEstimator.KeyOrdinality order);

    public static TermTrainer Create(DataViewRow row, DataViewSchema.Column source, int limit)
    {
        var item = source.Type.GetItemType();
        return DataKinds.PrimitiveTypeOrNull(item.RawType) == null
            ? throw Contracts.ExceptSchemaMismatch("inputSchema", "input", source.Name, "standard type or a vector of standard type",
                source.Type.ToString())
            : GenericMethods.Invoke<TermTrainer>(Create<int>, [item.RawType], row, source, limit);
    }

    private static TermTrainer<T> Create<T>(DataViewRow row, DataViewSchema.Column source, int limit) => new(row, source, limit);
}

/// <summary>Collects the values of one column of the given item type.</summary>
internal sealed class TermTrainer<T> : TermTrainer
{
    private readonly PrimitiveDataViewType _itemType;
    private readonly Func<bool> _process;
    private readonly HashSet<T> _seen = new(Terms<T>.Comparer);
    private readonly List<T> _values = [];
    private readonly int _limit;
    private bool _sawDefault;

    public TermTrainer(DataViewRow row, DataViewSchema.Column source, int limit)
    {
        _itemType = (PrimitiveDataViewType)source.Type.GetItemType();
        _limit = limit;
        _process = source.Type is VectorDataViewType
            ? ProcessVector(row.GetGetter<VBuffer<T>>(source))
            : ProcessOne(row.GetGetter<T>(source));
    }

    public override int Count => _values.Count;

    public override bool Process() => _process();

    public override TermMap Finish(ValueToKeyMappingEstimator.KeyOrdinality order)
    {
        if (order == ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            _values.Sort(Terms<T>.Order);
        return new TermMap<T>(_itemType, [.. _values]);
    }

    private Func<bool> ProcessOne(ValueGetter<T> getter)
    {
        T value = default;
        return () =>
        {
            getter(ref value);
            return Add(value);
        };
    }

    private Func<bool> ProcessVector(ValueGetter<VBuffer<T>> getter)
    {
        VBuffer<T> buffer = default;
        return () =>
        {
            getter(ref buffer);
            // What a sparse row leaves out is a value too; one row is enough to have seen it.
            bool all = !_sawDefault && !buffer.IsDense;
            _sawDefault |= all;
            return buffer.Items(all).All(item => Add(item.Value));
        };
    }

    private bool Add(T value)
    {
        if (!Terms<T>.IsMissing(value, _itemType) && _seen.Add(value))
            _values.Add(value);
        return _values.Count < _limit;
    }
}
