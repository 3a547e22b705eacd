using System.Text.Json;
using Microsoft.ML;
using TorchSharp;
using static TorchSharp.torch;

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
    public const string Description = "Description.json";
    public const string Weights = "Weights.bin";
    public const string Labels = "Labels.bin";
    public const string Scaling = "Scaling.bin";

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

    /// <param name="context">ML.NET's reader.</param>
    /// <param name="device">Where the network is to score; the file does not say where it was trained.</param>
    /// <exception cref="FormatException">The entry is damaged, of a newer version, or holds a kind that is not registered.</exception>
    public static TrainedNetwork Load(object context, Device device)
    {
        try
        {
            return LoadChecked(context, device);
        }
        catch (Exception e) when (e is FormatException or JsonException or NotSupportedException or ArgumentException or IOException)
        {
            throw new FormatException($"The saved network cannot be read: {e.Message.TrimEnd('.')}. Use the file as it was saved, with the library version that saved it or a newer one, and register kinds of your own with Descriptions.Register before loading.", e);
        }
    }

    private static TrainedNetwork LoadChecked(object context, Device device)
    {
        var saved = SavedNetwork.Read(name => ChecksummedStream.Load(context, name));
        var header = saved.Header;
        var task = header.CreateTask(saved.Labels);
        var inputs = header.CreateLayout(saved.Weights.Length);
        if (header.Options.Network.WeightCount(inputs, header.Options.CategoricalEmbedding, task.OutputSize) * sizeof(float) > saved.Weights.Length)
        {
            throw new FormatException("the description tells of a larger network than the weights are there for");
        }

        var module = NetworkFactory.Build(header.Options, inputs, task.OutputSize, seed: 0, random: null);
        try
        {
            WeightFile.Read(saved.Weights, module);
            module.to(device);
            return new TrainedNetwork(module, task, header.Options, inputs, saved.Scaling.Value, training: null);
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }
}
