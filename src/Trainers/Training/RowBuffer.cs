using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Rows of features, labels and weights in contiguous tensors, filled row by row; it grows up to its capacity.</summary>
internal sealed class RowBuffer : IDisposable
{
    private const int FirstRows = 1024;
    private readonly int _width;
    private readonly int _labelWidth;
    private readonly int _capacity;
    private Tensor _features;
    private Tensor _labels;
    private Tensor? _weights;
    private int _allocated;

    /// <param name="width">Features a row.</param>
    /// <param name="labelWidth">Numbers of a label.</param>
    /// <param name="weighted">Whether rows carry a weight.</param>
    /// <param name="expected">Rows that will come; null when unknown.</param>
    /// <param name="capacity">Rows that fit.</param>
    public RowBuffer(int width, int labelWidth, bool weighted, long? expected, int capacity)
    {
        _width = width;
        _labelWidth = labelWidth;
        _capacity = capacity;
        _allocated = (int)Math.Min(Math.Max(expected ?? FirstRows, 1), capacity);
        _features = empty(_allocated, width).DetachFromDisposeScope();
        _labels = empty(LabelShape(_allocated)).DetachFromDisposeScope();
        _weights = weighted ? empty(_allocated).DetachFromDisposeScope() : null;
    }

    public int Count { get; private set; }

    /// <summary>The rows' numbers in the IDataView; they outlive the buffer.</summary>
    public RowNumbers Numbers { get; } = new();

    /// <summary><c>[rows, features]</c>; a view that the caller's scope disposes.</summary>
    public Tensor Features => _features.narrow(0, 0, Count);

    /// <summary><c>[rows]</c>, or <c>[rows, numbers]</c> where a label holds several.</summary>
    public Tensor Labels => _labels.narrow(0, 0, Count);

    public Tensor? Weights => _weights?.narrow(0, 0, Count);

    /// <summary>Appends a row; false when the buffer is full, which also frees it.</summary>
    public bool TryAdd(ReadOnlySpan<float> features, ReadOnlySpan<float> label, float weight, long number)
    {
        if (Count == _allocated)
        {
            if (_allocated == _capacity)
            {
                Dispose();
                return false;
            }

            Grow((int)Math.Min(_allocated * 2L, _capacity));
        }

        features.CopyTo(Floats(_features).Slice(Count * _width, _width));
        label.CopyTo(Floats(_labels).Slice(Count * _labelWidth, _labelWidth));
        if (_weights is not null)
        {
            Floats(_weights)[Count] = weight;
        }

        Numbers.Add(number);
        Count++;
        return true;
    }

    /// <summary>Scales the numbers of all rows in place.</summary>
    public void Scale(FeatureScaling scaling) => scaling.Apply(Floats(_features)[..(Count * _width)], _width);

    public void Dispose()
    {
        _features.Dispose();
        _labels.Dispose();
        _weights?.Dispose();
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    private void Grow(int rows)
    {
        _features = Grown(_features, [rows, _width]);
        _labels = Grown(_labels, LabelShape(rows));
        _weights = _weights is null ? null : Grown(_weights, [rows]);
        _allocated = rows;
    }

    private long[] LabelShape(int rows) => _labelWidth == 1 ? [rows] : [rows, _labelWidth];

    private static Tensor Grown(Tensor old, long[] shape)
    {
        var grown = empty(shape).DetachFromDisposeScope();
        old.bytes.CopyTo(grown.bytes);
        old.Dispose();
        return grown;
    }
}
