namespace Microsoft.ML.Data;

/// <summary>A row whose values are the members of an object, which may be exchanged for the next.</summary>
internal sealed class ObjectRow<TRow>(MemberColumn[] columns) : DataViewRow
    where TRow : class
{
    private readonly ObjectGetters<TRow> _getters = new(columns);
    private long _position = -1;

    public override DataViewSchema Schema { get; } = MemberColumn.SchemaOf(columns);

    public override long Position => _position;

    public override long Batch => 0;

    /// <summary>Moves to the next object.</summary>
    public void Set(TRow value)
    {
        Contracts.CheckValue(value, nameof(value));
        _getters.Current = value;
        _position++;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        Getters.Typed<TValue>(_getters.Make(column.Index));
}

/// <summary>Getters over the members of the current object.</summary>
internal sealed class ObjectGetters<TRow>(MemberColumn[] columns)
    where TRow : class
{
    public TRow Current { get; set; }

    /// <summary>A getter of the column's raw type.</summary>
    public Delegate Make(int column)
    {
        var bound = columns[column];
        if (bound.MemberType == typeof(string))
            return Converted(bound.Reader<TRow, string>(), text => text.AsMemory());
        if (bound.MemberType == typeof(string[]))
            return Vector(bound.Reader<TRow, string[]>(), text => text.AsMemory());
        var (maker, type) = bound.MemberType.IsArray ? (Array<int>, bound.MemberType.GetElementType())
            : bound.Type is VectorDataViewType vector ? (Buffer<int>, vector.ItemType.RawType)
            : bound.Type is KeyDataViewType ? (Key<uint>, bound.MemberType)
            : ((Func<MemberColumn, Delegate>)Scalar<int>, bound.MemberType);
        return GenericMethods.Invoke<Delegate>(maker, [type], bound);
    }

    private Delegate Scalar<T>(MemberColumn column) => Converted(column.Reader<TRow, T>(), value => value);

    private Delegate Array<T>(MemberColumn column) => Vector(column.Reader<TRow, T[]>(), value => value);

    private ValueGetter<VBuffer<T>> Buffer<T>(MemberColumn column)
    {
        var read = column.Reader<TRow, VBuffer<T>>();
        return (ref VBuffer<T> value) => read(Current).CopyTo(ref value);
    }

    // Objects count keys from 0; what is out of range is missing.
    private Delegate Key<T>(MemberColumn column)
        where T : struct, System.Numerics.IUnsignedNumber<T>
    {
        ulong count = column.Type.GetKeyCount();
        return Converted(column.Reader<TRow, T>(), value => ulong.CreateTruncating(value) < count ? value + T.One : T.Zero);
    }

    private ValueGetter<TOut> Converted<TIn, TOut>(Func<TRow, TIn> read, Func<TIn, TOut> convert) =>
        (ref TOut value) => value = convert(read(Current));

    private ValueGetter<VBuffer<TOut>> Vector<TIn, TOut>(Func<TRow, TIn[]> read, Func<TIn, TOut> convert) => (ref VBuffer<TOut> value) =>
    {
        TIn[] items = read(Current) ?? [];
        var editor = VBufferEditor.Create(ref value, items.Length);
        for (int i = 0; i < items.Length; i++)
            editor.Values[i] = convert(items[i]);
        value = editor.Commit();
    };
}
