namespace MLNet.GradStability;

/// <summary>A stream that rank 0 writes and the others read, of any length. What was written last travels with <see cref="Flush"/>.</summary>
internal sealed class BroadcastStream(ICollective ranks) : Stream
{
    private readonly byte[] _piece = new byte[1 << 20];
    private int _length;
    private int _read;

    public override bool CanRead => ranks.Rank > 0;

    public override bool CanSeek => false;

    public override bool CanWrite => ranks.Rank == 0;

    /// <summary>Not known, and so without end: what rank 0 writes is whole.</summary>
    public override long Length => long.MaxValue;

    public override long Position
    {
        get => 0;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var taken = Math.Min(buffer.Length, _piece.Length - _length);
            buffer[..taken].CopyTo(_piece.AsSpan(_length));
            buffer = buffer[taken..];
            _length += taken;
            if (_length == _piece.Length)
            {
                Send();
            }
        }
    }

    public override void Flush()
    {
        if (_length > 0)
        {
            Send();
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_read == _length)
        {
            _length = ranks.Broadcast(0);
            ranks.Broadcast(_piece.AsSpan(0, _length), from: 0);
            _read = 0;
        }

        var taken = Math.Min(buffer.Length, _length - _read);
        _piece.AsSpan(_read, taken).CopyTo(buffer);
        _read += taken;
        return taken;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Send()
    {
        _ = ranks.Broadcast(_length);
        ranks.Broadcast(_piece.AsSpan(0, _length), from: 0);
        _length = 0;
    }
}
