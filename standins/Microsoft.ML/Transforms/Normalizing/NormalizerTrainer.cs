using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Learns the normaliser of one column, a single number being a vector of one.</summary>
internal abstract class NormalizerTrainer
{
    /// <summary>Takes the cursor's row in.</summary>
    public abstract void Process();

    public abstract Normalizer Finish();

    public static NormalizerTrainer Create(NormalizerOptions options, DataViewRow row, DataViewSchema.Column source)
    {
        var item = source.Type.GetItemType();
        if ((item != NumberDataViewType.Single && item != NumberDataViewType.Double) || source.Type.GetValueCount() == 0)
        {
            throw Contracts.ExceptParam("srcType",
                "Wrong column type for input column. Expected: Single, Double, Vector of Single or Vector of Double. " +
                $"Got: {source.Type}.");
        }
        return item == NumberDataViewType.Single
            ? new NormalizerTrainer<float>(options, row, source)
            : new NormalizerTrainer<double>(options, row, source);
    }
}

/// <summary>Learns the normaliser of one column of the given number type.</summary>
internal sealed class NormalizerTrainer<T> : NormalizerTrainer
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly NormalizerOptions _options;
    private readonly bool _isVector;
    private readonly ISlotStatistics<T>[] _slots;
    private readonly long[] _explicit;
    private readonly Action _process;
    private long _rows;

    public NormalizerTrainer(NormalizerOptions options, DataViewRow row, DataViewSchema.Column source)
    {
        _options = options;
        _isVector = source.Type is VectorDataViewType;
        int size = source.Type.GetValueCount();
        _explicit = new long[size];
        _slots = [.. Enumerable.Range(0, size).Select(ISlotStatistics<T> (_) =>
            options.Kind == NormalizerKind.MinMax ? new MinMaxStatistics<T>() : new MomentStatistics<T>())];
        _process = _isVector ? ProcessVector(row.GetGetter<VBuffer<T>>(source)) : ProcessOne(row.GetGetter<T>(source));
    }

    public override void Process() => _process();

    public override Normalizer Finish()
    {
        for (int i = 0; i < _slots.Length; i++)
            _slots[i].AddZeros(_rows - _explicit[i]);
        if (_options.Kind == NormalizerKind.Cdf)
        {
            var moments = _slots.Select(s => ((MomentStatistics<T>)s).ToMoments());
            return new CdfNormalizer<T>(_isVector, [.. moments.Select(m => m.Mean)], [.. moments.Select(m => m.Deviation)]);
        }
        var affine = _slots.Select(s => s.ToAffine(_options.FixZero)).ToArray();
        return new AffineNormalizer<T>(_isVector, [.. affine.Select(a => a.Scale)], [.. affine.Select(a => a.Offset)]);
    }

    private Action ProcessOne(ValueGetter<T> getter) => () =>
    {
        T value = default;
        getter(ref value);
        _rows++;
        Add(0, value);
    };

    private Action ProcessVector(ValueGetter<VBuffer<T>> getter)
    {
        VBuffer<T> buffer = default;
        return () =>
        {
            getter(ref buffer);
            Contracts.Check(buffer.Length == _slots.Length, $"Normalizer expected {_slots.Length} slots but got {buffer.Length}");
            _rows++;
            var values = buffer.GetValues();
            var indices = buffer.GetIndices();
            for (int i = 0; i < values.Length; i++)
                Add(buffer.IsDense ? i : indices[i], values[i]);
        };
    }

    private void Add(int slot, T value)
    {
        _explicit[slot]++;
        _slots[slot].Add(value);
    }
}
