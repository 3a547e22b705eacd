using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>Reads the feature columns of a row, as they are, into the places of a layout.</summary>
internal sealed class FeatureReader
{
    private readonly (NumberReader Read, int Place, int Size)[] _columns;

    /// <param name="row">The row or cursor.</param>
    /// <param name="columns">The columns of its schema, in the order of the layout's.</param>
    /// <param name="layout">Where their numbers go.</param>
    public FeatureReader(DataViewRow row, IReadOnlyList<DataViewSchema.Column> columns, InputLayout layout) => _columns =
    [
        .. layout.Columns.Select((column, i) => (column.IsKey ? ColumnNumbers.Keys(row, columns[i]) : ColumnNumbers.Singles(row, columns[i]), layout.PlaceOf(i), column.Size)),
    ];

    /// <summary>Reads the row at hand.</summary>
    /// <param name="row">Receives numbers and keys.</param>
    public void Read(Span<float> row)
    {
        foreach (var (read, place, size) in _columns)
        {
            read(row.Slice(place, size));
        }
    }
}
