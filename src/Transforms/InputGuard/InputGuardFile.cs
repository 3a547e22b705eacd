using System.Collections.Immutable;
using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>
/// A fitted input guard inside ML.NET's model .zip: the <see cref="ChecksummedStream"/> <c>InputGuard.bin</c> with format version, column names, options
/// and the statistics of every feature, little-endian.
/// </summary>
internal static class InputGuardFile
{
    private const int BytesPerFeature = (2 * sizeof(double)) + sizeof(byte) + (2 * sizeof(long));
    private static readonly TransformFile File = new("input guard", "GRADGUAR", new(typeof(InputGuardTransformer), "GradStabilityInputGuard"));

    /// <summary>How ML.NET finds the loader of a saved guard.</summary>
    public static ModelComponent Component => File.Component;

    public static void Save(ModelSaveContext context, InputGuardModel model) => File.Save(context, writer => Write(writer, model));

    /// <exception cref="FormatException">The entry is damaged or of a newer version.</exception>
    public static InputGuardModel Load(object context) => File.Load(context, Read);

    private static void Write(BinaryWriter writer, InputGuardModel model)
    {
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
