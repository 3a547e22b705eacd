using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>A tensor that is filled row by row and grows. Rows are gathered in a block first, because each way into a tensor's memory costs calls.</summary>
internal sealed class RowTensor : IDisposable
{
    private const int BlockNumbers = 1 << 14;
    private readonly int _width;
    private readonly bool _isFlat;
    private readonly float[] _block;
    private Tensor _rows;
    private long _written;
    private int _gathered;

    /// <param name="width">Numbers a row, 1 or more.</param>
    /// <param name="isFlat">Whether a row is a number, and the tensor <c>[rows]</c>.</param>
    /// <param name="rows">Rows to make room for.</param>
    public RowTensor(int width, bool isFlat, long rows)
    {
        _width = width;
        _isFlat = isFlat;
        _block = new float[Math.Max(1, BlockNumbers / width) * width];
        _rows = New(rows);
    }

    /// <summary>The rows so far, <c>[rows, width]</c> or <c>[rows]</c>; a view that the caller's scope disposes.</summary>
    public Tensor Rows
    {
        get
        {
            Write();
            return _rows.narrow(0, 0, _written);
        }
    }

    public void Add(ReadOnlySpan<float> row)
    {
        if (_gathered == _block.Length)
        {
            Write();
        }

        row.CopyTo(_block.AsSpan(_gathered));
        _gathered += _width;
    }

    /// <summary>Makes room for so many rows.</summary>
    public void Grow(long rows)
    {
        Write();
        var grown = New(rows);
        using (var written = _rows.narrow(0, 0, _written))
        using (var place = grown.narrow(0, 0, _written))
        {
            place.copy_(written);
        }

        _rows.Dispose();
        _rows = grown;
    }

    /// <summary>Changes rows, one behind the other, each of so many numbers.</summary>
    public delegate void RowChange(Span<float> rows, int width);

    /// <summary>Changes the rows so far, some at a time.</summary>
    public void Change(RowChange change)
    {
        Write();
        var most = _block.Length / _width;
        for (var first = 0L; first < _written; first += most)
        {
            using var part = _rows.narrow(0, first, Math.Min(most, _written - first));
            change(MemoryMarshal.Cast<byte, float>(part.bytes), _width);
        }
    }

    public void Dispose() => _rows.Dispose();

    private void Write()
    {
        if (_gathered == 0)
        {
            return;
        }

        var count = _gathered / _width;
        using var place = _rows.narrow(0, _written, count);
        _block.AsSpan(0, _gathered).CopyTo(MemoryMarshal.Cast<byte, float>(place.bytes));
        _written += count;
        _gathered = 0;
    }

    private Tensor New(long rows) => (_isFlat ? empty(rows) : empty(rows, _width)).DetachFromDisposeScope();
}
