using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>A transform bound to an input schema: it adds one column, whose value in a row comes from one column of that row alone.</summary>
internal abstract class AddedColumn
{
    /// <param name="input">The schema of the input.</param>
    /// <param name="source">The column read.</param>
    /// <param name="added">The column added; it hides one of the same name.</param>
    protected AddedColumn(DataViewSchema input, DataViewSchema.Column source, DataViewSchema.DetachedColumn added)
    {
        InputSchema = input;
        Source = source;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumns([added]);
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public DataViewSchema.Column Source { get; }

    /// <summary>Whether a column of the output schema is the one added.</summary>
    public bool IsAdded(DataViewSchema.Column column) => column.Index >= InputSchema.Count;

    /// <summary>The input columns needed for the given output columns.</summary>
    public IEnumerable<DataViewSchema.Column> InputsFor(IEnumerable<DataViewSchema.Column> outputs) => outputs
        .Select(column => IsAdded(column) ? Source.Index : column.Index)
        .Distinct()
        .Select(index => InputSchema[index]);

    /// <summary>The getter of a column of the output schema over a row of the input.</summary>
    /// <exception cref="InvalidOperationException">The column is of another type than <typeparamref name="TValue"/>.</exception>
    public ValueGetter<TValue> Getter<TValue>(DataViewRow input, DataViewSchema.Column column) => IsAdded(column)
        ? CreateGetter(input) as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"The column \"{column.Name}\" must be read as {column.Type.RawType}; {typeof(TValue)} was asked for. Use the column's own type.")
        : input.GetGetter<TValue>(InputSchema[column.Index]);

    /// <summary>Makes the <see cref="ValueGetter{TValue}"/> of the added column, with buffers of its own.</summary>
    protected abstract Delegate CreateGetter(DataViewRow input);
}
