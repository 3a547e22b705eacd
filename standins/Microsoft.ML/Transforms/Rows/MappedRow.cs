namespace Microsoft.ML.Data;

/// <summary>A row of the input with the added columns.</summary>
internal sealed class MappedRow(RowMapper mapper, DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) : DataViewRow
{
    private readonly Delegate[] _getters = mapper.MakeGetters(input, activeColumns);

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override DataViewSchema Schema => mapper.OutputSchema;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        int source = mapper.Map(column.Index);
        return source >= 0 ? input.IsColumnActive(input.Schema[source]) : _getters[~source] != null;
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        int source = mapper.Map(column.Index);
        if (source >= 0)
            return input.GetGetter<TValue>(input.Schema[source]);
        var getter = _getters[~source] ?? throw Contracts.Except($"Column '{column.Name}' is not active");
        return getter as ValueGetter<TValue> ?? throw Contracts.Except(
            $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{getter.GetType().GetGenericArguments()[0]}'.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
    }
}
