using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Maps rows by a function.</summary>
public sealed class CustomMappingTransformer<TSrc, TDst> : ITransformer
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly Action<TSrc, TDst> _map;
    private readonly string _contractName;

    internal CustomMappingTransformer(Action<TSrc, TDst> mapAction, string contractName, SchemaDefinition input = null,
        SchemaDefinition output = null)
    {
        Contracts.CheckValue(mapAction, nameof(mapAction));
        _map = mapAction;
        _contractName = contractName;
        InputDefinition = input;
        Added = MemberColumn.Bind(typeof(TDst), output, SchemaDefinition.Direction.Write);
    }

    bool ITransformer.IsRowToRowMapper => true;

    internal SchemaDefinition InputDefinition { get; }

    internal MemberColumn[] Added { get; }

    /// <summary>The schema of the transformed data.</summary>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema, nameof(inputSchema)).OutputSchema;

    /// <summary>Transforms, lazily.</summary>
    public IDataView Transform(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        return new MappedDataView(input, Bind(input.Schema, nameof(input)));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Bind(inputSchema, nameof(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        Contracts.Check(_contractName != null, "Empty contract name for a transform: the transform cannot be saved");
        CustomMappingLoader.Save(ctx, _contractName, _map.Method.Module.Assembly);
    }

    private RowMapper Bind(DataViewSchema schema, string name)
    {
        Contracts.CheckValue(schema, name);
        return new(new Mapping(this, schema, RowFiller<TSrc>.Bind(schema, ignoreMissingColumns: false, InputDefinition)));
    }

    private sealed class Mapping(CustomMappingTransformer<TSrc, TDst> parent, DataViewSchema input, RowFiller<TSrc> filler)
        : RowMapping(input, [.. MemberColumn.SchemaOf(parent.Added).Select(c => new DataViewSchema.DetachedColumn(c))])
    {
        public override IEnumerable<int> Sources(int index) => filler.Sources.Select(c => c.Index);

        public override Delegate[] MakeGetters(DataViewRow row, bool[] active)
        {
            if (!active.Contains(true))
                return new Delegate[active.Length];
            var (src, dst) = (new TSrc(), new TDst());
            var fill = filler.Over(row);
            var members = new ObjectGetters<TDst>(parent.Added) { Current = dst };
            long mapped = -1;
            return [.. parent.Added.Select((column, i) => active[i]
                ? GenericMethods.Invoke<Delegate>(Refreshing<int>, [column.Type.RawType], members.Make(i), (Action)Refresh)
                : null)];

            // The function runs once for each row, when the first of its columns is asked for.
            void Refresh()
            {
                if (mapped == row.Position)
                    return;
                fill(src);
                parent._map(src, dst);
                mapped = row.Position;
            }
        }

        private static ValueGetter<T> Refreshing<T>(Delegate getter, Action refresh)
        {
            var typed = (ValueGetter<T>)getter;
            return (ref T value) =>
            {
                refresh();
                typed(ref value);
            };
        }
    }
}
