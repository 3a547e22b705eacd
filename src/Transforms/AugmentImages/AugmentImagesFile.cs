using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>An augmentation inside ML.NET's model .zip: column, size, options and seed.</summary>
internal static class AugmentImagesFile
{
    private static readonly TransformFile File = new("image augmentation", "GRADAUGM", new(typeof(AugmentImagesTransformer), "GradStabilityAugment"));

    /// <summary>How ML.NET finds the loader.</summary>
    public static ModelComponent Component => File.Component;

    public static void Save(ModelSaveContext context, AugmentImagesModel model) => File.Save(context, writer =>
    {
        var (size, options) = (model.Size, model.Options);
        writer.Write(model.ColumnName);
        writer.Write(size.Channels);
        writer.Write(size.Height);
        writer.Write(size.Width);
        writer.Write(options.Copies);
        writer.Write(options.MaxShift);
        writer.Write(options.MaxRotation);
        writer.Write(options.FlipHorizontally);
        writer.Write(options.FlipVertically);
        writer.Write(options.NoiseDeviation);
        writer.Write(options.CutOut);
        writer.Write(options.Seed.HasValue);
        writer.Write(model.Seed);
    });

    /// <exception cref="FormatException">The entry is damaged or of a newer version.</exception>
    public static AugmentImagesModel Load(object context) => File.Load(context, reader =>
    {
        var name = Require.Text(reader.ReadString(), "AugmentImages", "columnName", "The file was altered");
        var size = new ImageSize(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        Require.That(size is { Channels: > 0, Height: > 0, Width: > 0 }, size, "AugmentImages", "size", "be positive", "The file was altered");
        var options = new AugmentImagesOptions
        {
            Copies = reader.ReadInt32(),
            MaxShift = reader.ReadDouble(),
            MaxRotation = reader.ReadDouble(),
            FlipHorizontally = reader.ReadBoolean(),
            FlipVertically = reader.ReadBoolean(),
            NoiseDeviation = reader.ReadDouble(),
            CutOut = reader.ReadDouble(),
        };
        var (seeded, seed) = (reader.ReadBoolean(), reader.ReadInt32());
        return new AugmentImagesModel(name, size, options with { Seed = seeded ? seed : null }, seed);
    });
}
