namespace Microsoft.ML.Data;

/// <summary>Makes editors, which write a vector into the buffers of an old one.</summary>
public static class VBufferEditor
{
    /// <summary>An editor of the vector as it is.</summary>
    public static VBufferEditor<T> CreateFromBuffer<T>(scoped ref VBuffer<T> destination) => destination.Edit();

    /// <summary>An editor of a vector of a new length with room for <paramref name="valuesCount"/> values.</summary>
    public static VBufferEditor<T> Create<T>(scoped ref VBuffer<T> destination, int newLogicalLength, int? valuesCount = null,
        int? maxValuesCapacity = null, bool keepOldOnResize = false, bool requireIndicesOnDense = false) =>
        destination.Edit(
            newLogicalLength, valuesCount ?? newLogicalLength, maxValuesCapacity ?? Array.MaxLength,
            keepOldOnResize, requireIndicesOnDense);
}

/// <summary>Writable views of a vector's buffers; nothing changes until <see cref="Commit"/> is assigned.</summary>
public readonly ref struct VBufferEditor<T>
{
    private readonly int _length;
    private readonly T[] _values;
    private readonly int[] _indices;

    /// <summary>The explicit values.</summary>
    public readonly Span<T> Values;

    /// <summary>The positions of the explicit values, empty when dense.</summary>
    public readonly Span<int> Indices;

    internal VBufferEditor(int length, int count, T[] values, int[] indices, bool requireIndices, bool newValues, bool newIndices)
    {
        _length = length;
        _values = values;
        _indices = indices;
        Values = values.AsSpan(0, count);
        Indices = count < length || requireIndices ? indices.AsSpan(0, count) : default;
        CreatedNewValues = newValues;
        CreatedNewIndices = newIndices;
    }

    /// <summary>Whether the value buffer was too small and replaced.</summary>
    public bool CreatedNewValues { get; }

    /// <summary>Whether the index buffer was too small and replaced.</summary>
    public bool CreatedNewIndices { get; }

    /// <summary>The edited vector.</summary>
    public VBuffer<T> Commit() => new(_length, Values.Length, _values, _indices);

    /// <summary>The edited vector with only the first values explicit.</summary>
    public VBuffer<T> CommitTruncated(int physicalValuesCount)
    {
        Contracts.CheckParam(physicalValuesCount <= Values.Length, nameof(physicalValuesCount),
            $"Updating {nameof(physicalValuesCount)} cannot be greater than the original count of values.");
        return new(_length, physicalValuesCount, _values, _indices);
    }
}
