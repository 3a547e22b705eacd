namespace MLNet.GradStability;

/// <summary>A file that grows by whole pieces, each on disk when the call returns. A piece that could not be written is written before the next.</summary>
/// <param name="path">Its path; what stood there before is lost with the first piece, unless <see cref="Exchange"/> says how much of it is ours.</param>
/// <param name="head">What the file begins with.</param>
internal sealed class AppendedFile(string path, byte[] head)
{
    private readonly List<byte> _pending = [];
    private long _length;

    /// <exception cref="IOException">It could not be written; it holds none of the piece.</exception>
    public void Append(ReadOnlySpan<byte> piece)
    {
        _pending.AddRange(piece);
        if (Path.GetDirectoryName(path) is { Length: > 0 } directory)
        {
            Directory.CreateDirectory(directory);
        }

        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.WriteThrough);
        _length = Math.Min(_length, stream.Length);
        stream.SetLength(_length);
        stream.Position = _length;
        stream.Write([.. _length == 0 ? head : [], .. _pending]);
        _length = stream.Position;
        _pending.Clear();
    }

    public void Exchange(RunState state) => state.Exchange("length", ref _length);
}
