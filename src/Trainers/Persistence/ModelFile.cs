using System.Text.Json;
using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>
/// A trained network inside ML.NET's model .zip: the streams <c>Description.json</c> (<see cref="ModelHeader"/>), <c>Weights.bin</c>
/// (<see cref="WeightFile"/>) and, where there are such, <c>Labels.bin</c> with the names of classes or slots (<see cref="KeyValues"/>) and <c>Scaling.bin</c> with the
/// numbers of the input scaling (<see cref="ScalingFile"/>), each in a <see cref="ChecksummedStream"/>. Reading
/// builds only kinds that are registered: a file cannot make code run.
/// </summary>
internal static class ModelFile
{
    private const string ModelSignature = "GRADSTAB";
    private const string Description = "Description.json";
    private const string Weights = "Weights.bin";
    private const string Labels = "Labels.bin";
    private const string Scaling = "Scaling.bin";

    /// <summary>How ML.NET finds the loader of a saved network.</summary>
    public static readonly ModelComponent Component = new(typeof(NeuralNetworkTransformer), "GradStabilityNetwork");

    public static void Save(ModelSaveContext context, TrainedNetwork model)
    {
        ArgumentNullException.ThrowIfNull(context);
        var header = ModelHeader.Of(model);
        MLNetInternals.SetVersion(context, ModelSignature, ModelHeader.CurrentVersion, Component);
        ChecksummedStream.Save(context, Description, writer => writer.Write(Descriptions.ToUtf8(header)));
        ChecksummedStream.Save(context, Weights, writer => WeightFile.Write(writer, model.Module));
        if (model.Task.Names is { } names)
        {
            ChecksummedStream.Save(context, Labels, names.Write);
        }

        if (model.Scaling is { } scaling)
        {
            ChecksummedStream.Save(context, Scaling, writer => ScalingFile.Write(writer, scaling));
        }
    }

    /// <exception cref="FormatException">The entry is damaged, of a newer version, or holds a kind that is not registered.</exception>
    public static TrainedNetwork Load(object context)
    {
        try
        {
            return LoadChecked(context);
        }
        catch (Exception e) when (e is FormatException or JsonException or NotSupportedException or ArgumentException or IOException)
        {
            throw new FormatException($"The saved network cannot be read: {e.Message.TrimEnd('.')}. Use the file as it was saved, with the library version that saved it or a newer one, and register kinds of your own with Descriptions.Register before loading.", e);
        }
    }

    private static TrainedNetwork LoadChecked(object context)
    {
        var header = ReadHeader(ChecksummedStream.Load(context, Description));
        KeyValues? labels = null;
        if (header.HasLabels)
        {
            using var reader = new BinaryReader(new MemoryStream(ChecksummedStream.Load(context, Labels), writable: false));
            labels = KeyValues.Read(reader, header.LabelCount);
        }

        var task = header.CreateTask(labels);
        var weights = ChecksummedStream.Load(context, Weights);
        var inputs = header.CreateLayout(weights.Length);
        if (header.Options.Network.WeightCount(inputs, header.Options.CategoricalEmbedding, task.OutputSize) * sizeof(float) > weights.Length)
        {
            throw new FormatException("the description tells of a larger network than the weights are there for");
        }

        var module = NetworkFactory.Build(header.Options, inputs, task.OutputSize, seed: 0, random: null);
        try
        {
            WeightFile.Read(weights, module);
            var scaling = header.HasScaling ? ScalingFile.Read(ChecksummedStream.Load(context, Scaling), header.Options.InputScaling, inputs.Numbers) : null;
            return new TrainedNetwork(module, task, header.Options, inputs, scaling, training: null);
        }
        catch
        {
            module.Dispose();
            throw;
        }
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
