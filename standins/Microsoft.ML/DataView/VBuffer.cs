using System.Collections;

namespace Microsoft.ML.Data;

/// <summary>A dense or sparse vector whose buffers are reused from row to row.</summary>
public readonly struct VBuffer<T> : IEnumerable
{
    private readonly T[] _values;
    private readonly int[] _indices;
    private readonly int _count;

    /// <summary>The logical length.</summary>
    public readonly int Length;

    /// <summary>A dense vector over <paramref name="values"/>; <paramref name="indices"/> is kept as a spare buffer.</summary>
    public VBuffer(int length, T[] values, int[] indices = null)
        : this(length, length, values, indices)
    {
    }

    /// <summary>A vector with <paramref name="count"/> explicit values, dense if that is its length.</summary>
    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        Contracts.CheckParam(length >= 0, nameof(length));
        Contracts.CheckParam(0 <= count && count <= length, nameof(count));
        Contracts.CheckParam((values?.Length ?? 0) >= count, nameof(values));
        Contracts.CheckParam(count == length || (indices?.Length ?? 0) >= count, nameof(indices));
        Length = length;
        _count = count;
        _values = values;
        _indices = indices;
    }

    /// <summary>Whether every value is explicit.</summary>
    public bool IsDense => _count == Length;

    /// <summary>The explicit values.</summary>
    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    /// <summary>The positions of the explicit values, empty when dense.</summary>
    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    /// <summary>The value at a position.</summary>
    public T GetItemOrDefault(int index)
    {
        Contracts.CheckParam(0 <= index && index < Length, nameof(index));
        if (IsDense)
            return _values[index];
        int at = GetIndices().BinarySearch(index);
        return at >= 0 ? _values[at] : default;
    }

    /// <summary>The value at a position.</summary>
    public void GetItemOrDefault(int index, ref T destination) => destination = GetItemOrDefault(index);

    /// <summary>Copies every value into <paramref name="destination"/>.</summary>
    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    /// <summary>Copies every value, with <paramref name="defaultValue"/> for those not explicit.</summary>
    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default)
    {
        Contracts.CheckParam(0 <= destinationIndex && destinationIndex <= destination.Length - Length, nameof(destination),
            "Not large enough to hold these values.");
        var target = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(target);
            return;
        }
        target.Fill(defaultValue);
        for (int i = 0; i < _count; i++)
            target[_indices[i]] = _values[i];
    }

    /// <summary>Copies the vector, dense or sparse as it is.</summary>
    public void CopyTo(ref VBuffer<T> destination) => CopyTo(ref destination, 0, Length);

    /// <summary>Copies a part of the vector, dense or sparse as it is.</summary>
    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        Contracts.CheckParam(0 <= sourceIndex && sourceIndex <= Length, nameof(sourceIndex));
        Contracts.CheckParam(0 <= length && sourceIndex <= Length - length, nameof(length));
        if (IsDense)
        {
            var dense = VBufferEditor.Create(ref destination, length);
            _values.AsSpan(sourceIndex, length).CopyTo(dense.Values);
            destination = dense.Commit();
            return;
        }
        int first = LowerBound(sourceIndex), count = LowerBound(sourceIndex + length) - first;
        var editor = VBufferEditor.Create(ref destination, length, count);
        _values.AsSpan(first, count).CopyTo(editor.Values);
        for (int i = 0; i < count && count < length; i++)
            editor.Indices[i] = _indices[first + i] - sourceIndex;
        destination = editor.Commit();
    }

    /// <summary>Copies the vector with every value explicit.</summary>
    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    /// <summary>Makes <paramref name="destination"/> dense over a copy of part of an array.</summary>
    public static void Copy(T[] source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        int size = source?.Length ?? 0;
        Contracts.CheckParam(0 <= length && length <= size, nameof(length));
        Contracts.CheckParam(0 <= sourceIndex && sourceIndex <= size - length, nameof(sourceIndex));
        var editor = VBufferEditor.Create(ref destination, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    /// <summary>The explicit values, or all of them, with their positions.</summary>
    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        bool dense = IsDense;
        for (int i = 0, slot = 0; all ? slot < Length : i < _count; slot++)
        {
            if (dense || (i < _count && (!all || _indices[i] == slot)))
            {
                yield return new(dense || all ? slot : _indices[i], _values[i]);
                i++;
            }
            else
            {
                yield return new(slot, default);
            }
        }
    }

    /// <summary>All values in order.</summary>
    public IEnumerable<T> DenseValues() => Items(all: true).Select(item => item.Value);

    /// <summary>An enumerator over the value buffer.</summary>
    public IEnumerator GetEnumerator() => _values.GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() =>
        IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";

    internal VBufferEditor<T> Edit(int length, int count, int capacity, bool keepOld, bool requireIndices)
    {
        Contracts.CheckParam(length >= 0, "newLogicalLength", "Must be non-negative.");
        Contracts.CheckParam(0 <= count && count <= length, "valuesCount",
            "If specified, must be non-negative and no greater than newLogicalLength");
        T[] values = _values;
        bool newValues = EnsureSize(ref values, count, capacity, keepOld), newIndices = false;
        int[] indices = _indices;
        if (count < length || requireIndices)
            newIndices = EnsureSize(ref indices, count, capacity, keepOld);
        return new(length, count, values, indices, requireIndices, newValues, newIndices);
    }

    internal VBufferEditor<T> Edit() => Edit(Length, _count, Array.MaxLength, keepOld: true, requireIndices: false);

    private int LowerBound(int index)
    {
        int at = GetIndices().BinarySearch(index);
        return at >= 0 ? at : ~at;
    }

    private static bool EnsureSize<TItem>(ref TItem[] array, int count, int capacity, bool keepOld)
    {
        int size = array?.Length ?? 0;
        if (size >= count)
            return false;
        // Twice the old size, so that slowly growing rows do not allocate each time.
        int newSize = (int)Math.Max(count, Math.Min(2L * size, capacity));
        if (keepOld)
            Array.Resize(ref array, newSize);
        else
            array = new TItem[newSize];
        return true;
    }
}
