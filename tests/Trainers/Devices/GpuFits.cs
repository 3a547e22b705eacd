using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Devices;

/// <summary>Small fits on the processor or a GPU, and the numbers that come of them.</summary>
internal static class GpuFits
{
    public static readonly NeuralNetworkOptions Base = new()
    {
        Network = Network.Mlp([6, 4], dropout: 0.2),
        Epochs = 3,
        BatchSize = 16,
        Seed = 3,
        ValidationFraction = 0.2,
        DiagnosisEvery = 2,
    };

    public static MLContext Context(int? gpu) => new(1) { GpuDeviceId = gpu };

    /// <summary>Fits three classes, with as many features as the network takes.</summary>
    public static double[] Fit(int? gpu, NeuralNetworkOptions options)
    {
        var ml = Context(gpu);
        var rows = Rows(ml, options.Network.Shape?.Count ?? 16);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(rows);
        return Outcome(ml, model, rows);
    }

    /// <summary>Weights, what the training measured, and scores, of a network that is where it should be.</summary>
    public static double[] Outcome(MLContext ml, NeuralNetworkTransformer model, IDataView rows)
    {
        var training = model.Model.Training!;
        Assert.Equal(ml.GpuDeviceId is { } gpu ? $"cuda:{gpu}" : "cpu", training.Environment!.Device);
        return
        [
            .. Weights(model),
            .. training.Epochs.SelectMany(epoch => new[] { epoch.Loss, epoch.Metric, epoch.ValidationLoss, epoch.ValidationMetric, epoch.MeanGradientNorm, epoch.SkippedSteps }),
            training.InitialTraining!.Loss,
            training.FinalValidation?.Loss ?? 0,
            .. training.Samples.SelectMany(sample => sample.Layers.SelectMany(layer => new[] { layer.GradientNorm, layer.WeightNorm, layer.ActivationDeviation })),
            training.RollBacks,
            .. Scores(ml, model.Transform(rows)),
        ];
    }

    public static IEnumerable<double> Weights(NeuralNetworkTransformer model)
    {
        var device = ComputeDevice.Of(model.Model.Module);
        var tensors = model.Model.Module.parameters().Concat(model.Model.Module.named_buffers().Select(named => named.Item2)).ToList();
        Assert.All(tensors, tensor => Assert.Equal(device.type, tensor.device_type));
        return tensors.SelectMany(Support.ToArray);
    }

    public static double[] Scores(MLContext ml, IDataView scored)
    {
        var column = scored.Schema["Score"];
        return column.Type is VectorDataViewType
            ? [.. scored.GetColumn<float[]>(column).SelectMany(row => row).Select(score => (double)score)]
            : [.. scored.GetColumn<float>(column).Select(score => (double)score)];
    }

    public static IDataView Rows(MLContext ml, int features)
    {
        var random = new Random(1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        return ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, 65).Select(i => new Row
            {
                Features = [.. Enumerable.Range(0, features).Select(_ => (float)random.NextDouble() + (i % 3))],
                Label = (uint)(i % 3),
                Weight = 1 + (i % 4),
            }).ToList(),
            schema);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }

        public float Weight { get; set; }
    }
}
