using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>Windowing inside ML.NET's model .zip: column names, sizes and options.</summary>
internal static class SequenceWindowFile
{
    private static readonly TransformFile File = new("sequence window", "GRADWIND", new(typeof(SequenceWindowTransformer), "GradStabilityWindow"));

    /// <summary>How ML.NET finds the loader.</summary>
    public static ModelComponent Component => File.Component;

    public static void Save(ModelSaveContext context, SequenceWindowModel model) => File.Save(context, writer =>
    {
        writer.Write(model.OutputColumnName);
        writer.Write(model.InputColumnName);
        WriteName(writer, model.TargetColumnName);
        writer.Write(model.Length);
        writer.Write(model.Width);
        writer.Write(model.IsVector);
        writer.Write(model.Options.Ahead);
        writer.Write(model.Options.Stride);
        WriteName(writer, model.Options.TargetInputColumnName);
        WriteName(writer, model.Options.GroupColumnName);
    });

    /// <exception cref="FormatException">The entry is damaged or of a newer version.</exception>
    public static SequenceWindowModel Load(object context) => File.Load(context, reader =>
    {
        var (output, input, target) = (reader.ReadString(), reader.ReadString(), ReadName(reader));
        var (length, width, isVector) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadBoolean());
        var options = new SequenceWindowOptions
        {
            Ahead = reader.ReadInt32(),
            Stride = reader.ReadInt32(),
            TargetInputColumnName = ReadName(reader),
            GroupColumnName = ReadName(reader),
        };
        return length > 0 && width > 0 && (isVector || width == 1) && (long)length * width <= int.MaxValue
            ? new SequenceWindowModel(output, input, target, length, width, isVector, options)
            : throw new FormatException($"it holds impossible sizes: {length}×{width}");
    });

    private static void WriteName(BinaryWriter writer, string? name)
    {
        writer.Write(name is not null);
        writer.Write(name ?? string.Empty);
    }

    private static string? ReadName(BinaryReader reader)
    {
        var (isThere, name) = (reader.ReadBoolean(), reader.ReadString());
        return isThere ? name : null;
    }
}
