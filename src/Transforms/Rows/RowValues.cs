using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>Reads a column of Single, scalar or vector of known size, as dense numbers in a buffer of its own that the next read overwrites.</summary>
internal sealed class RowValues
{
    private readonly float[] _values;
    private readonly Action _fill;
    private VBuffer<float> _buffer;

    public RowValues(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType { Size: var size })
        {
            var getter = row.GetGetter<VBuffer<float>>(column);
            _values = new float[size];
            _fill = () =>
            {
                getter(ref _buffer);
                _buffer.CopyTo(_values);
            };
        }
        else
        {
            var getter = row.GetGetter<float>(column);
            _values = new float[1];
            _fill = () => getter(ref _values[0]);
        }
    }

    /// <summary>The numbers of the row at hand.</summary>
    public Span<float> Read()
    {
        _fill();
        return _values;
    }
}
