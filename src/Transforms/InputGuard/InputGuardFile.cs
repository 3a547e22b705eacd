using System.Collections.Immutable;
using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>
/// A fitted input guard inside ML.NET's model .zip: the <see cref="ChecksummedStream"/> <c>InputGuard.bin</c> with format version, column names, options
/// and the statistics of every feature, little-endian.
/// </summary>
internal static class InputGuardFile
{
    private const string ModelSignature = "GRADGUAR";
    private const string Stream = "InputGuard.bin";
    private const uint CurrentVersion = 1;
    private const int BytesPerFeature = (2 * sizeof(double)) + sizeof(byte) + (2 * sizeof(long));

    /// <summary>How ML.NET finds the loader of a saved guard.</summary>
    public static readonly ModelComponent Component = new(typeof(InputGuardTransformer), "GradStabilityInputGuard");

    public static void Save(ModelSaveContext context, InputGuardModel model)
    {
        ArgumentNullException.ThrowIfNull(context);
        MLNetInternals.SetVersion(context, ModelSignature, CurrentVersion, Component);
        ChecksummedStream.Save(context, Stream, writer => Write(writer, model));
    }

    /// <exception cref="FormatException">The entry is damaged or of a newer version.</exception>
    public static InputGuardModel Load(object context)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(ChecksummedStream.Load(context, Stream), writable: false));
            return Read(reader);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or IOException)
        {
            throw new FormatException($"The saved input guard cannot be read: {e.Message}. Use the file as it was saved, with the library version that saved it or a newer one.", e);
        }
    }

    private static void Write(BinaryWriter writer, InputGuardModel model)
    {
        writer.Write(CurrentVersion);
        writer.Write(model.OutputColumnName);
        writer.Write(model.InputColumnName);
        writer.Write(model.IsVector);
        writer.Write((byte)model.Options.OnNonFinite);
        writer.Write(model.Options.ClipDeviations.HasValue);
        writer.Write(model.Options.ClipDeviations.GetValueOrDefault());
        writer.Write(model.Options.Standardise);
        writer.Write(model.Options.SampleSize);
        writer.Write(model.Statistics.Length);
        foreach (var feature in model.Statistics)
        {
            writer.Write(feature.Median);
            writer.Write(feature.Scale);
            writer.Write((byte)feature.ScaleSource);
            writer.Write(feature.FiniteCount);
            writer.Write(feature.NonFiniteCount);
        }
    }

    private static InputGuardModel Read(BinaryReader reader)
    {
        var version = reader.ReadUInt32();
        if (version is < 1 or > CurrentVersion)
        {
            throw new FormatException($"it is in format {version} and this version of the library reads 1 to {CurrentVersion}; update MLNet.GradStability");
        }

        var (output, input, isVector) = (reader.ReadString(), reader.ReadString(), reader.ReadBoolean());
        var action = (NonFiniteAction)reader.ReadByte();
        var (hasClip, clip) = (reader.ReadBoolean(), reader.ReadDouble());
        var options = new InputGuardOptions
        {
            OnNonFinite = action,
            ClipDeviations = hasClip ? clip : null,
            Standardise = reader.ReadBoolean(),
            SampleSize = reader.ReadInt32(),
        };
        var count = reader.ReadInt32();
        if (count < 1 || (!isVector && count > 1) || (long)count * BytesPerFeature != reader.BaseStream.Length - reader.BaseStream.Position)
        {
            throw new FormatException($"it tells of {count} features and holds another number");
        }

        var statistics = ImmutableArray.CreateBuilder<FeatureStatistics>(count);
        while (statistics.Count < count)
        {
            statistics.Add(ReadFeature(reader));
        }

        return new(output, input, isVector, options, statistics.MoveToImmutable());
    }

    private static FeatureStatistics ReadFeature(BinaryReader reader)
    {
        var feature = new FeatureStatistics(reader.ReadDouble(), reader.ReadDouble(), (ScaleSource)reader.ReadByte(), reader.ReadInt64(), reader.ReadInt64());
        return double.IsFinite(feature.Median) && double.IsFinite(feature.Scale) && feature.Scale > 0 && Enum.IsDefined(feature.ScaleSource)
            ? feature
            : throw new FormatException($"it holds impossible statistics: {feature}");
    }
}
