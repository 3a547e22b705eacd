using System.Numerics;
using Microsoft.ML.Data;
using Mode = Microsoft.ML.Transforms.MissingValueReplacingEstimator.ReplacementMode;

namespace Microsoft.ML.Transforms;

/// <summary>Learns the replacements of one column.</summary>
internal abstract class ReplacementTrainer
{
    /// <summary>Takes the cursor's row in.</summary>
    public abstract void Process();

    public abstract Replacement Finish();

    public static ReplacementTrainer Create(DataViewRow row, DataViewSchema.Column source, Mode mode, bool bySlot) =>
        source.Type.GetItemType() == NumberDataViewType.Single
            ? new ReplacementTrainer<float>(row, source, mode, bySlot)
            : new ReplacementTrainer<double>(row, source, mode, bySlot);
}

/// <summary>Learns the replacements of one column: one for each slot, or one for all.</summary>
internal sealed class ReplacementTrainer<T> : ReplacementTrainer
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Mode _mode;
    private readonly bool _bySlot;
    private readonly SlotImputation<T>[] _slots;
    private readonly Action _process;

    public ReplacementTrainer(DataViewRow row, DataViewSchema.Column source, Mode mode, bool bySlot)
    {
        _mode = mode;
        _bySlot = bySlot && source.Type is VectorDataViewType;
        // As in ML.NET, of doubles by slot only the finite ones count for minimum and maximum.
        bool finiteOnly = _bySlot && typeof(T) == typeof(double);
        _slots = [.. Enumerable.Range(0, _bySlot ? source.Type.GetValueCount() : 1).Select(_ => new SlotImputation<T>(finiteOnly))];
        _process = source.Type is VectorDataViewType
            ? ProcessVector(row.GetGetter<VBuffer<T>>(source))
            : ProcessOne(row.GetGetter<T>(source));
    }

    public override void Process() => _process();

    public override Replacement Finish() => new Replacement<T>([.. _slots.Select(slot => slot.Result(_mode))], _bySlot);

    private Action ProcessOne(ValueGetter<T> getter) => () =>
    {
        T value = default;
        getter(ref value);
        _slots[0].Add(value, 1);
    };

    private Action ProcessVector(ValueGetter<VBuffer<T>> getter)
    {
        VBuffer<T> buffer = default;
        return () =>
        {
            getter(ref buffer);
            var values = buffer.GetValues();
            var indices = buffer.GetIndices();
            for (int i = 0; i < values.Length; i++)
                _slots[_bySlot ? buffer.IsDense ? i : indices[i] : 0].Add(values[i], 0);
            if (!_bySlot)
                _slots[0].Rows += buffer.Length;
            else
                Array.ForEach(_slots, slot => slot.Rows++);
        };
    }
}

/// <summary>Mean, minimum, maximum and mode of the values of one slot.</summary>
internal sealed class SlotImputation<T>(bool finiteOnly)
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Dictionary<T, int> _counts = [];
    private T _min = finiteOnly ? T.CreateSaturating(double.MaxValue) : T.PositiveInfinity;
    private T _max = finiteOnly ? T.CreateSaturating(double.MinValue) : T.NegativeInfinity;
    private T _mode;
    private int _modeCount;
    private double _mean;
    private long _added, _nonFinite, _nonZero;

    /// <summary>The number of values, those that sparse rows leave out included.</summary>
    public long Rows { get; set; }

    public void Add(T value, int rows)
    {
        Rows += rows;
        _added++;
        AddToRange(value);
        if (!T.IsFinite(value))
        {
            _nonFinite++;
            return;
        }
        int count = _counts[value] = _counts.GetValueOrDefault(value) + 1;
        if (count > _modeCount)
            (_mode, _modeCount) = (value, count);
        if (value != T.Zero)
            AddToMean(double.CreateTruncating(value));
    }

    public T Result(Mode mode)
    {
        if (Rows > _added)
            AddToRange(T.Zero);
        return mode switch
        {
            Mode.Mean => Rows == _nonFinite ? T.Zero : T.CreateTruncating(_mean * ((double)_nonZero / (Rows - _nonFinite))),
            Mode.Minimum => _min,
            Mode.Maximum => _max,
            Mode.Mode => _mode,
            _ => throw Contracts.Except($"Internal error, undefined ReplacementKind '{mode}' assigned in NAReplaceTransform."),
        };
    }

    private void AddToRange(T value)
    {
        if (finiteOnly && !T.IsFinite(value))
            return;
        if (value < _min)
            _min = value;
        if (value > _max)
            _max = value;
    }

    // The mean of the values other than zero; numbers of unlike signs are kept from overflowing.
    private void AddToMean(double value)
    {
        _nonZero++;
        if ((_mean > 0) ^ (value > 0))
            _mean = _mean - _mean / _nonZero + value / _nonZero;
        else
            _mean += (value - _mean) / _nonZero;
    }
}
