using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The elements of a CPU tensor, in row-major order, whatever its strides.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly bool _contiguous;
    private torch.Tensor? _tensor;
    private T* _data;

    internal TensorAccessor(torch.Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
            throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        _tensor = tensor;
        _data = (T*)tensor.DataPointer();
        (_shape, _strides, _contiguous) = (tensor.shape, tensor.stride(), tensor.is_contiguous());
    }

    /// <summary>How many elements there are.</summary>
    public long Count => _tensor?.numel() ?? 0;

    /// <summary>The element at a position, or at a row-major index when one is given.</summary>
    public T this[params long[] indices]
    {
        get => _data[Offset(indices)];
        set => _data[Offset(indices)] = value;
    }

    /// <summary>All elements.</summary>
    public T[] ToArray()
    {
        var result = new T[Count];
        if (result.Length > 0)
            CopyTo(result);
        return result;
    }

    /// <summary>Copies elements out, from a row-major index on.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies elements out, from a row-major index on.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = Fitting(array.Length - arrayIndex, tensorIndex);
        if (_contiguous)
        {
            new Span<T>(_data + tensorIndex, count).CopyTo(array[arrayIndex..]);
            return;
        }
        for (var i = 0; i < count; i++)
            array[arrayIndex + i] = _data[Offset(tensorIndex + i)];
    }

    /// <summary>Copies elements in, from a row-major index on.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies elements in, from a row-major index on.</summary>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = Fitting(array.Length - arrayIndex, tensorIndex);
        if (_contiguous)
        {
            array.Slice(arrayIndex, count).CopyTo(new Span<T>(_data + tensorIndex, count));
            return;
        }
        for (var i = 0; i < count; i++)
            _data[Offset(tensorIndex + i)] = array[arrayIndex + i];
    }

    /// <summary>The elements in row-major order.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0, count = Count; i < count; i++)
            yield return At(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Lets the tensor go.</summary>
    public void Dispose()
    {
        _data = null;
        _tensor = null;
    }

    private T At(long index) => _data[Offset(index)];

    private int Fitting(int room, long tensorIndex)
    {
        if (tensorIndex < 0 || tensorIndex >= Count)
            throw new ArgumentOutOfRangeException(nameof(tensorIndex));
        return (int)Math.Min(room, Count - tensorIndex);
    }

    private long Offset(long[] indices)
    {
        if (indices.Length == 1)
            return indices[0] < Count ? Offset(indices[0]) : throw new IndexOutOfRangeException();
        long offset = 0;
        for (var i = _shape.Length - 1; i >= 0; i--)
        {
            if (indices[i] < 0 || indices[i] >= _shape[i])
                throw new IndexOutOfRangeException($"{indices[i]} >= {_shape[i]} in dimension {i}.");
            offset += indices[i] * _strides[i];
        }
        return offset;
    }

    private long Offset(long index)
    {
        if (index < 0)
            throw new ArgumentOutOfRangeException(nameof(index));
        if (_contiguous)
            return index;
        long offset = 0;
        for (var i = _shape.Length - 1; i >= 0; i--)
        {
            index = Math.DivRem(index, _shape[i], out var position);
            offset += position * _strides[i];
        }
        return offset;
    }
}
