using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Rows of features, labels and weights in contiguous tensors, filled row by row; it grows up to its capacity.</summary>
internal sealed class RowBuffer : IDisposable
{
    private const int FirstRows = 1024;
    private readonly int _capacity;
    private readonly RowTensor _features;
    private readonly RowTensor _labels;
    private Tensor? _targets;
    private readonly RowTensor? _weights;
    private int _allocated;

    /// <param name="width">Features a row.</param>
    /// <param name="labelWidth">Numbers of a label.</param>
    /// <param name="weighted">Whether rows carry a weight.</param>
    /// <param name="expected">Rows that will come; null when unknown.</param>
    /// <param name="capacity">Rows that fit.</param>
    public RowBuffer(int width, int labelWidth, bool weighted, long? expected, int capacity)
    {
        _capacity = capacity;
        _allocated = (int)Math.Min(Math.Max(expected ?? FirstRows, 1), capacity);
        _features = new RowTensor(width, isFlat: false, _allocated);
        _labels = new RowTensor(labelWidth, isFlat: labelWidth == 1, _allocated);
        _weights = weighted ? new RowTensor(1, isFlat: true, _allocated) : null;
    }

    public int Count { get; private set; }

    /// <summary>The rows' numbers in the IDataView; they outlive the buffer.</summary>
    public RowNumbers Numbers { get; } = new();

    /// <summary><c>[rows, features]</c>; a view that the caller's scope disposes.</summary>
    public Tensor Features => _features.Rows;

    public Tensor? Weights => _weights?.Rows;

    /// <summary>What the task of the run makes of the labels, once all rows are there: made at the first call, and kept in place of the labels. A view that the caller's scope disposes.</summary>
    public Tensor Targets(LearningTask task)
    {
        if (_targets is null)
        {
            using var labels = _labels.Rows;
            _targets = task.Targets(labels).DetachFromDisposeScope();
            _labels.Dispose();
        }

        return _targets.alias();
    }

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

        _features.Add(features);
        _labels.Add(label);
        _weights?.Add([weight]);
        Numbers.Add(number);
        Count++;
        return true;
    }

    /// <summary>Scales the numbers of all rows in place.</summary>
    public void Scale(FeatureScaling scaling) => _features.Change(scaling.Apply);

    public void Dispose()
    {
        _features.Dispose();
        _labels.Dispose();
        _targets?.Dispose();
        _weights?.Dispose();
    }

    private void Grow(int rows)
    {
        _features.Grow(rows);
        _labels.Grow(rows);
        _weights?.Grow(rows);
        _allocated = rows;
    }
}
