using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>Reads checked rows of features, label and weight from an IDataView, or from one side of its split, one pass.</summary>
internal sealed class RowReader : IDisposable
{
    private readonly RowSource _source;
    private readonly InputColumns _columns;
    private readonly DataViewRowCursor _cursor;
    private readonly FeatureReader _features;
    private readonly NumberReader _readLabel;
    private readonly float[] _label;
    private readonly ValueGetter<float>? _weight;
    private readonly Func<int, bool>? _isIn;

    public RowReader(RowSource source)
    {
        _source = source;
        _columns = source.Columns;
        _cursor = source.Data.GetRowCursor(_columns.All);
        _features = new FeatureReader(_cursor, _columns.Features, _columns.Inputs);
        _readLabel = source.Rule.Reader(_cursor, _columns.Label);
        _label = new float[_columns.LabelCount];
        _weight = _columns.Weight is { } weight ? _cursor.GetGetter<float>(weight) : null;
        _isIn = source.Part?.Start();
    }

    /// <summary>Number of the row at hand, from 0; −1 before the first.</summary>
    public long Row { get; private set; } = -1;

    /// <summary>The label of the row at hand as numbers: one, or those of a vector.</summary>
    public ReadOnlySpan<float> Label => _label;

    /// <summary>Reads the next row; false at the end.</summary>
    /// <param name="features">Receives the features, numbers before keys.</param>
    /// <param name="weight">The weight; 1 without a weight column.</param>
    /// <exception cref="InvalidOperationException">A number is not finite, or the label or weight is not usable.</exception>
    public bool Read(Span<float> features, out float weight)
    {
        weight = 1;
        if (!MoveNext())
        {
            return false;
        }

        _features.Read(features);
        CheckNumbers(features[.._columns.Inputs.Numbers]);
        if (_weight is not null)
        {
            _weight(ref weight);
            if (!float.IsFinite(weight) || weight < 0)
            {
                throw ColumnErrors.BadWeight(_columns.Weight!.Value.Name, weight, Row);
            }
        }

        _source.Hash?.Add(Row, features, _label, weight);
        _source.Scaling?.Apply(features[.._columns.Inputs.Numbers]);
        return true;
    }

    /// <summary>Passes over rows without looking at their features; false when there are fewer.</summary>
    public bool Skip(long rows)
    {
        while (rows > 0 && MoveNext())
        {
            rows--;
        }

        return rows == 0;
    }

    public void Dispose() => _cursor.Dispose();

    private bool MoveNext()
    {
        while (_cursor.MoveNext())
        {
            Row++;
            _readLabel(_label);
            CheckLabel();
            if (_isIn?.Invoke(_source.Rule.HasClasses && _label is [var only] ? (int)only : 0) != false)
            {
                return true;
            }
        }

        return false;
    }

    private void CheckLabel()
    {
        for (var i = 0; i < _label.Length; i++)
        {
            _source.Rule.CheckValue(_columns.Label, i, _label[i], Row);
        }
    }

    private void CheckNumbers(ReadOnlySpan<float> features)
    {
        for (var i = 0; i < features.Length; i++)
        {
            if (!float.IsFinite(features[i]))
            {
                var (column, slot) = _columns.ColumnAt(i);
                throw ColumnErrors.NotFinite(column.Name, SlotName.Describe(column, slot), features[i], Row);
            }
        }
    }
}
