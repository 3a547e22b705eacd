using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>What is learned of one slot of a column.</summary>
internal interface ISlotStatistics<T>
{
    /// <summary>Takes in an explicit value.</summary>
    void Add(T value);

    /// <summary>Takes in the zeros that sparse rows leave out.</summary>
    void AddZeros(long count);

    /// <summary>The affine map (x − offset)·scale; a constant slot gets scale 0.</summary>
    (T Scale, T Offset) ToAffine(bool fixZero);
}

/// <summary>Minimum and maximum; NaN is passed over.</summary>
internal sealed class MinMaxStatistics<T> : ISlotStatistics<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private T _min = T.PositiveInfinity;
    private T _max = T.NegativeInfinity;

    public void Add(T value)
    {
        if (_max < value)
            _max = value;
        if (_min > value)
            _min = value;
    }

    public void AddZeros(long count)
    {
        if (count > 0)
            Add(T.Zero);
    }

    public (T Scale, T Offset) ToAffine(bool fixZero)
    {
        if (!(_max > _min))
            return default;
        if (fixZero)
            return (T.One / T.Max(T.Abs(_max), T.Abs(_min)), T.Zero);
        T scale = T.One / (_max - _min);
        return (scale, scale == T.Zero ? T.Zero : _min);
    }
}

/// <summary>Mean and variance by Welford's recurrence over the values other than zero, the zeros folded in at the end.</summary>
internal sealed class MomentStatistics<T> : ISlotStatistics<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private double _mean;
    private double _m2;
    private long _count;
    private long _zeros;

    public void Add(T value)
    {
        if (value == T.Zero)
        {
            _zeros++;
            return;
        }
        if (!T.IsFinite(value))
            return;
        double x = double.CreateTruncating(value);
        _count++;
        double delta = x - _mean;
        _mean += delta / _count;
        _m2 += delta * (x - _mean);
    }

    public void AddZeros(long count)
    {
        _zeros += count;
        if (_zeros == 0)
            return;
        _count += _zeros;
        double delta = -_mean;
        _mean += delta * _zeros / _count;
        _m2 += delta * -_mean * _zeros;
    }

    public (T Scale, T Offset) ToAffine(bool fixZero)
    {
        if (_m2 == 0)
            return default;
        if (fixZero)
        {
            double meanSquare = _m2 / _count;
            return (meanSquare == 0 ? T.Zero : T.One / T.CreateTruncating(Math.Sqrt(meanSquare + _mean * _mean)), T.Zero);
        }
        double deviation = Math.Sqrt(_m2 / _count);
        T scale = deviation == 0 ? T.Zero : T.One / T.CreateTruncating(deviation);
        return (scale, scale == T.Zero ? T.Zero : T.CreateTruncating(_mean));
    }

    /// <summary>Mean and deviation; both 0 for a constant slot.</summary>
    public (T Mean, T Deviation) ToMoments() =>
        _m2 == 0 || _count == 0 ? default : (T.CreateTruncating(_mean), T.CreateTruncating(Math.Sqrt(_m2 / _count)));
}
