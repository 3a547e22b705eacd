using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>How a transformer lies inside ML.NET's model .zip: one <see cref="ChecksummedStream"/> that starts with the format version.</summary>
/// <param name="Noun">What messages call it.</param>
/// <param name="ModelSignature">8 characters.</param>
/// <param name="Component">How ML.NET finds the loader.</param>
internal sealed record TransformFile(string Noun, string ModelSignature, ModelComponent Component)
{
    private const uint CurrentVersion = 1;

    private string Stream => $"{Component.Type.Name.Replace("Transformer", string.Empty, StringComparison.Ordinal)}.bin";

    public void Save(ModelSaveContext context, Action<BinaryWriter> write)
    {
        ArgumentNullException.ThrowIfNull(context);
        MLNetInternals.SetVersion(context, ModelSignature, CurrentVersion, Component);
        ChecksummedStream.Save(context, Stream, writer =>
        {
            writer.Write(CurrentVersion);
            write(writer);
        });
    }

    /// <exception cref="FormatException">The entry is damaged or of a newer version.</exception>
    public T Load<T>(object context, Func<BinaryReader, T> read)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(ChecksummedStream.Load(context, Stream), writable: false));
            var version = reader.ReadUInt32();
            return version is >= 1 and <= CurrentVersion
                ? read(reader)
                : throw new FormatException($"it is in format {version} and this version of the library reads 1 to {CurrentVersion}; update MLNet.GradStability");
        }
        catch (Exception e) when (e is FormatException or ArgumentException or IOException)
        {
            throw new FormatException($"The saved {Noun} cannot be read: {e.Message}. Use the file as it was saved, with the library version that saved it or a newer one.", e);
        }
    }
}
