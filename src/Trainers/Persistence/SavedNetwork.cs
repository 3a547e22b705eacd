using System.Text;
using System.Text.Json;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The parts of a trained network as they are in a model file, before any module is built.</summary>
/// <param name="Header">Task, network and options.</param>
/// <param name="Labels">The classes' values, or names of slots; null when there are none.</param>
/// <param name="Weights">The numbers, as <see cref="WeightFile"/> writes them.</param>
/// <param name="Scaling">The numbers of the input scaling, null when features are taken as they are; read when asked for.</param>
internal sealed record SavedNetwork(ModelHeader Header, KeyValues? Labels, byte[] Weights, Lazy<FeatureScaling?> Scaling)
{
    public static SavedNetwork Of(TrainedNetwork model)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            WeightFile.Write(writer, model.Module);
        }

        return new(ModelHeader.Of(model), model.Task.Names, content.ToArray(), new(model.Scaling));
    }

    /// <summary>Reads the parts and checks that they belong together.</summary>
    /// <param name="stream">The content of a stream by its name.</param>
    /// <exception cref="FormatException">A part is missing, damaged or of a newer version.</exception>
    public static SavedNetwork Read(Func<string, byte[]> stream)
    {
        var header = ReadHeader(stream(ModelFile.Description));
        var weights = stream(ModelFile.Weights);
        return new(
            header,
            header.HasLabels ? ReadLabels(stream(ModelFile.Labels), header.LabelCount) : null,
            weights,
            new(() => header.HasScaling ? ScalingFile.Read(stream(ModelFile.Scaling), header.Options.InputScaling, header.CreateLayout(weights.Length).Numbers) : null));
    }

    /// <summary>The numbers as tensors, for another network to start from.</summary>
    /// <param name="source">What it was read from, for messages.</param>
    public WeightSet Weigh(string source)
    {
        using var scope = NewDisposeScope();
        return new WeightSet(
            source,
            WeightFile.Read(Weights),
            SourceScaling.Of(Header.Options.InputScaling, Scaling.Value),
            Labels is null ? null : [.. Enumerable.Range(0, Labels.Count).Select(Labels.TextOf)]);
    }

    private static KeyValues ReadLabels(byte[] bytes, int count)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
        return KeyValues.Read(reader, count);
    }

    private static ModelHeader ReadHeader(byte[] json)
    {
        // The version is looked at first: a newer file may hold what this reader cannot parse.
        using (var document = JsonDocument.Parse(json))
        {
            var version = document.RootElement.TryGetProperty("formatVersion", out var property) && property.TryGetInt32(out var number) ? number : 0;
            if (version is < 1 or > ModelHeader.CurrentVersion)
            {
                throw new FormatException($"it is in format {version} and this version of the library reads 1 to {ModelHeader.CurrentVersion}; update MLNet.GradStability");
            }
        }

        var header = JsonSerializer.Deserialize<ModelHeader>(json, Descriptions.Options);
        return header is { InputSize: > 0, Options: not null, Task: not null } ? header : throw new FormatException("the description is incomplete");
    }
}
