using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>Reads checked rows of features, label and weight from an IDataView, or from one side of its split, one pass.</summary>
internal sealed class RowReader : IDisposable
{
    private readonly RowSource _source;
    private readonly InputColumns _columns;
    private readonly DataViewRowCursor _cursor;
    private readonly ValueGetter<VBuffer<float>> _features;
    private readonly Func<float> _label;
    private readonly ValueGetter<float>? _weight;
    private readonly Func<int, bool>? _isIn;
    private VBuffer<float> _buffer;

    public RowReader(RowSource source)
    {
        _source = source;
        _columns = source.Columns;
        _cursor = source.Data.GetRowCursor(_columns.All);
        _features = _cursor.GetGetter<VBuffer<float>>(_columns.Features);
        _label = source.Rule.Reader(_cursor, _columns.Label);
        _weight = _columns.Weight is { } weight ? _cursor.GetGetter<float>(weight) : null;
        _isIn = source.Part?.Start();
    }

    /// <summary>Number of the row at hand, from 0; −1 before the first.</summary>
    public long Row { get; private set; } = -1;

    /// <summary>Reads the next row; false at the end.</summary>
    /// <param name="features">Receives the features.</param>
    /// <param name="label">The label as a number.</param>
    /// <param name="weight">The weight; 1 without a weight column.</param>
    /// <exception cref="InvalidOperationException">A number is not finite, or the label or weight is not usable.</exception>
    public bool Read(Span<float> features, out float label, out float weight)
    {
        weight = 1;
        if (!MoveNext(out label))
        {
            return false;
        }

        _features(ref _buffer);
        _buffer.CopyTo(features);
        CheckFeatures(features);
        if (_weight is not null)
        {
            _weight(ref weight);
            if (!float.IsFinite(weight) || weight < 0)
            {
                throw ColumnErrors.BadWeight(_columns.Weight!.Value.Name, weight, Row);
            }
        }

        _source.Hash?.Add(Row, features, label, weight);
        _source.Scaling?.Apply(features);
        return true;
    }

    /// <summary>Passes over rows without looking at their features.</summary>
    public void Skip(long rows)
    {
        for (; rows > 0 && MoveNext(out _); rows--)
        {
        }
    }

    public void Dispose() => _cursor.Dispose();

    private bool MoveNext(out float label)
    {
        while (_cursor.MoveNext())
        {
            Row++;
            label = _label();
            _source.Rule.CheckValue(_columns.Label.Name, label, Row);
            if (_isIn?.Invoke(_source.Rule.HasClasses ? (int)label : 0) != false)
            {
                return true;
            }
        }

        label = 0;
        return false;
    }

    private void CheckFeatures(ReadOnlySpan<float> features)
    {
        for (var i = 0; i < features.Length; i++)
        {
            if (!float.IsFinite(features[i]))
            {
                throw ColumnErrors.NotFinite(_columns.Features.Name, SlotName.Describe(_columns.Features, i), features[i], Row);
            }
        }
    }
}
