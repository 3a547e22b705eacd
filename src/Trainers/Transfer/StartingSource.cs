namespace MLNet.GradStability;

/// <summary>Where <see cref="StartingWeights"/> come from.</summary>
internal abstract record StartingSource
{
    private const int FirstBytes = 16;

    /// <summary>Reads the weights; the caller disposes them.</summary>
    /// <exception cref="FormatException">The file is of another kind, or damaged.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public abstract WeightSet Read();

    /// <summary>Reads a file, and says of one that cannot be read why, and what it may be.</summary>
    /// <param name="path">The file.</param>
    /// <param name="owner">Who asks.</param>
    /// <param name="read">Reads it.</param>
    protected static WeightSet Read(string path, string owner, Func<Stream, WeightSet> read)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{owner}: path must be that of an existing file; there is none at \"{Path.GetFullPath(path)}\". Correct the path.", path);
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var first = new byte[FirstBytes];
        first = first[..stream.ReadAtLeast(first, FirstBytes, throwOnEndOfStream: false)];
        stream.Position = 0;
        try
        {
            return read(stream);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or EndOfStreamException)
        {
            throw new FormatException($"{owner}: the file \"{path}\" cannot be read: {e.Message.TrimEnd('.')}. {Hint(first)}", e);
        }
    }

    private static string Hint(ReadOnlySpan<byte> first) => first switch
    {
        [(byte)'P', (byte)'K', 3, 4, ..] => "It is a zip file: read a model of ML.NET with StartingWeights.FromModelFile; save a checkpoint of PyTorch as safetensors first.",
        [0x80, >= 2 and <= 5, ..] => "It is a pickle of Python, which can run code and is not read; save the weights as safetensors.",
        [_, _, _, _, _, 0, 0, 0, (byte)'{', ..] => "It starts like a safetensors file: read one with StartingWeights.FromSafetensors.",
        _ => "Use the file as it was written, with the method for its kind: FromModelFile for a model.zip, FromSafetensors, or FromStateFile for what TorchSharp's Module.save writes.",
    };
}
