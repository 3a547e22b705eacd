using System.Text.Json;
using Google.Protobuf;
using Microsoft.ML;
using MLNet.GradStability.OnnxFormat;
using static MLNet.GradStability.OnnxFormat.TensorProto.Types;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Writes a trained network as an ONNX model: its columns, scaling, layers and what the task makes of the outputs.</summary>
internal static class OnnxExporter
{
    // Protocol buffers end here; the rest of a model is small.
    private const long MostWeights = (int.MaxValue - (1L << 24)) / sizeof(float);

    public static void Write(TrainedNetwork model, Stream stream, Func<OnnxGraph, OnnxColumns>? columns = null) =>
        ToModel(model, columns ?? (graph => new OnnxColumns(graph))).WriteTo(stream);

    private static ModelProto ToModel(TrainedNetwork model, Func<OnnxGraph, OnnxColumns> columns)
    {
        var network = model.Options.Network;
        if (network is CustomNetwork)
        {
            throw new NotSupportedException(
                $"SaveOnnx: the network must be one of the library's; {network.Title} is the module {model.Module.GetType().Name}, whose ONNX operators are not known. Save its weights with SaveSafetensors and export the module with a tool that knows it.");
        }

        if (model.ParameterCount > MostWeights)
        {
            throw new NotSupportedException(FormattableString.Invariant($"SaveOnnx: a network must have at most {MostWeights} weights, as an ONNX file without others beside it ends at 2 GB; it has {model.ParameterCount}. Save the weights with SaveSafetensors."));
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var graph = new OnnxGraph();
        graph.Reserve(model.Task.Columns(new DataViewSchema.Builder().ToSchema()).Select(column => column.Column.Name));
        var (numbers, keys) = columns(graph).Read(model.Inputs);
        var place = new OnnxScope(graph);
        var missing = numbers is { } read ? IsMissing(place, read) : (OnnxValue?)null;
        if (numbers is { } raw && model.Scaling is { } scaling)
        {
            numbers = scaling.Export(place.In("scaling"), raw);
        }

        var row = place.Concat([.. new[] { numbers, keys }.OfType<OnnxValue>()], 1);
        if (model.Module.named_children().Select(child => child.Item2).OfType<KeyEmbedding>().FirstOrDefault() is { } embedding)
        {
            row = embedding.Export(place.In(KeyEmbedding.ModuleName), row);
        }

        model.Task.Export(new OnnxScores(graph, OnnxRules.Export(model.Module, place, row), missing));
        Describe(graph, model);
        return graph.ToModel();
    }

    /// <summary>Which rows have a NaN among their numbers.</summary>
    private static OnnxValue IsMissing(OnnxScope scope, OnnxValue numbers)
    {
        var flags = scope.Cast(scope.Op("IsNaN", [numbers]), DataType.Float);
        return scope.Cast(scope.Op("ReduceMax", [flags], OnnxAttribute.Integers("axes", 1), OnnxAttribute.Integer("keepdims", 1)), DataType.Bool);
    }

    private static void Describe(OnnxGraph graph, TrainedNetwork model)
    {
        graph.Note("task", model.Task.Name);
        if (model.Task.Names is { } names)
        {
            graph.Note("labels", JsonSerializer.Serialize(KeyValues.NamesOf(names, model.OutputSize, 0)));
        }
    }
}
