namespace Microsoft.ML.Data;

/// <summary>Writes the values of a row into the members of objects.</summary>
internal sealed class RowFiller<TRow>
    where TRow : class
{
    private readonly (MemberColumn Member, DataViewSchema.Column Source)[] _columns;

    private RowFiller((MemberColumn, DataViewSchema.Column)[] columns) => _columns = columns;

    /// <summary>The columns that are written.</summary>
    public IEnumerable<DataViewSchema.Column> Sources => _columns.Select(c => c.Source);

    /// <summary>Binds the class's members to the schema; an exception when they do not fit.</summary>
    public static RowFiller<TRow> Bind(DataViewSchema schema, bool ignoreMissingColumns, SchemaDefinition definition = null)
    {
        var columns = new List<(MemberColumn, DataViewSchema.Column)>();
        if (definition == null)
            CheckMembers(schema);
        foreach (var member in MemberColumn.Bind(typeof(TRow), definition, SchemaDefinition.Direction.Write))
        {
            if (schema.GetColumnOrNull(member.Name) is not { } source)
            {
                if (ignoreMissingColumns)
                    continue;
                throw Contracts.ExceptSchemaMismatch("Schema", "", member.Name);
            }
            var (isVector, item) = MemberColumn.Items(member.Member);
            if (isVector != source.Type is VectorDataViewType || source.Type.GetItemType().RawType != item)
            {
                throw Contracts.Except($"Can't bind the IDataView column '{member.Name}' of type '{source.Type}' " +
                    $"to field or property '{member.Member.Name}' of type '{member.MemberType.FullName}'.");
            }
            columns.Add((member, source));
        }
        return new([.. columns]);
    }

    /// <summary>A writer of the row's values at the time of each call.</summary>
    public Action<TRow> Over(DataViewRow row)
    {
        Action<TRow>[] setters = [.. _columns.Select(c => Setter(row, c.Member, c.Source))];
        return target =>
        {
            foreach (var set in setters)
                set(target);
        };
    }

    // A member of a type that no column has gets a message that names the column's type.
    private static void CheckMembers(DataViewSchema schema)
    {
        foreach (var member in SchemaDefinition.Members(typeof(TRow), SchemaDefinition.Direction.Write).Where(SchemaDefinition.IsColumn))
        {
            var (_, item) = MemberColumn.Split(MemberColumn.TypeOf(member));
            string name = SchemaDefinition.NameOf(member);
            if (DataKinds.PrimitiveTypeOrNull(item) == null && schema.GetColumnOrNull(name) is { } column)
            {
                throw Contracts.ExceptParam("actualType",
                    $"The expected type '{column.Type.RawType}' does not match the type of the '{name}' member: '{item}'. " +
                    $"Please change the {name} member to '{column.Type.RawType}'");
            }
        }
    }

    private static Action<TRow> Setter(DataViewRow row, MemberColumn member, DataViewSchema.Column source)
    {
        if (member.MemberType == typeof(string))
            return Converted<ReadOnlyMemory<char>, string>(row, member, source, text => text.ToString());
        if (member.MemberType == typeof(string[]))
            return Array<ReadOnlyMemory<char>, string>(row, member, source, text => text.ToString());
        var (maker, type) = member.MemberType.IsArray ? (PlainArray<int>, member.MemberType.GetElementType())
            : source.Type is VectorDataViewType vector ? (Buffer<int>, vector.ItemType.RawType)
            : ((Func<DataViewRow, MemberColumn, DataViewSchema.Column, Action<TRow>>)Scalar<int>, member.MemberType);
        return GenericMethods.Invoke<Action<TRow>>(maker, [type], row, member, source);
    }

    private static Action<TRow> Scalar<T>(DataViewRow row, MemberColumn member, DataViewSchema.Column source) =>
        Converted<T, T>(row, member, source, value => value);

    private static Action<TRow> PlainArray<T>(DataViewRow row, MemberColumn member, DataViewSchema.Column source) =>
        Array<T, T>(row, member, source, value => value);

    private static Action<TRow> Converted<TIn, TOut>(
        DataViewRow row, MemberColumn member, DataViewSchema.Column source, Func<TIn, TOut> convert)
    {
        var getter = row.GetGetter<TIn>(source);
        var write = member.Writer<TRow, TOut>();
        TIn value = default;
        return target =>
        {
            getter(ref value);
            write(target, convert(value));
        };
    }

    private static Action<TRow> Array<TIn, TOut>(
        DataViewRow row, MemberColumn member, DataViewSchema.Column source, Func<TIn, TOut> convert)
    {
        var getter = row.GetGetter<VBuffer<TIn>>(source);
        var (read, write) = (member.Reader<TRow, TOut[]>(), member.Writer<TRow, TOut[]>());
        VBuffer<TIn> value = default;
        return target =>
        {
            getter(ref value);
            // The object's own array is filled when it has the right size.
            TOut[] items = read(target);
            if (items?.Length != value.Length)
                items = new TOut[value.Length];
            foreach (var (slot, item) in value.Items(all: true))
                items[slot] = convert(item);
            write(target, items);
        };
    }

    private static Action<TRow> Buffer<T>(DataViewRow row, MemberColumn member, DataViewSchema.Column source)
    {
        var getter = row.GetGetter<VBuffer<T>>(source);
        var (read, write) = (member.Reader<TRow, VBuffer<T>>(), member.Writer<TRow, VBuffer<T>>());
        return target =>
        {
            var value = read(target);
            getter(ref value);
            write(target, value);
        };
    }
}
