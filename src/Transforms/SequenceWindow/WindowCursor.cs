using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>Walks over steps and stops where a window ends.</summary>
internal sealed class WindowCursor : DataViewRowCursor
{
    private readonly SeriesCursor _rows;
    private readonly SeriesCursor? _ahead;
    private readonly WindowBinding _binding;
    private readonly HashSet<int> _active;
    private readonly bool _onlyWithTarget;
    private readonly WindowBuffer? _window;
    private long _position = -1;

    /// <param name="rows">The steps.</param>
    /// <param name="ahead">The same steps, for the targets; null when none are wanted.</param>
    /// <param name="binding">The columns.</param>
    /// <param name="active">The columns wanted.</param>
    /// <param name="onlyWithTarget">Whether windows without a target are left out.</param>
    public WindowCursor(SeriesCursor rows, SeriesCursor? ahead, WindowBinding binding, HashSet<int> active, bool onlyWithTarget)
    {
        (_rows, _ahead, _binding, _active, _onlyWithTarget) = (rows, ahead, binding, active, onlyWithTarget);
        _window = active.Contains(binding.WindowIndex) ? new(new(rows.Rows, binding.Step), binding.Model.Length, binding.Model.Width) : null;
        for (var i = 0; i < binding.Model.Options.Ahead && ahead?.MoveNext() == true; i++)
        {
        }
    }

    public override DataViewSchema Schema => _binding.Output;

    public override long Position => _rows.OnRow ? _position : -1;

    public override long Batch => 0;

    private bool HasTarget => _ahead is { OnRow: true } && _ahead.Series == _rows.Series;

    public override bool MoveNext()
    {
        while (_rows.MoveNext())
        {
            _window?.Push();
            _ahead?.MoveNext();
            var rest = _rows.Count - _binding.Model.Length;
            if (rest >= 0 && rest % _binding.Model.Options.Stride == 0 && (!_onlyWithTarget || _ahead is null || HasTarget))
            {
                _position++;
                return true;
            }
        }

        return false;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
        {
            throw new InvalidOperationException($"The column \"{column.Name}\" must be among those asked for when the cursor was made. Name it in GetRowCursor.");
        }

        if (column.Index < _binding.Input.Count)
        {
            return _rows.Rows.GetGetter<TValue>(_binding.Input[column.Index]);
        }

        ValueGetter<VBuffer<float>> window = (ref VBuffer<float> value) => _window!.Get(ref value);
        var getter = column.Index == _binding.WindowIndex ? window : WindowTarget.Getter(_ahead!.Rows, _binding.Target!.Value, () => HasTarget);
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"The column \"{column.Name}\" must be read as {column.Type.RawType}; {typeof(TValue)} was asked for. Use the column's own type.");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => _rows.Rows.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rows.Dispose();
            _ahead?.Dispose();
        }

        base.Dispose(disposing);
    }
}
