using Microsoft.ML;

namespace MLNet.GradStability.Tests;

/// <summary>A fit of everything that keeps state, to be ended and taken up again.</summary>
internal sealed class CheckpointedFit
{
    public const int Epochs = 4;
    public const int StepsPerEpoch = 5;

    public NeuralNetworkOptions Options { get; init; } = new()
    {
        LabelColumnName = "Ring",
        Network = Network.Mlp([8, 6], dropout: 0.2, normalization: Normalization.Batch()),
        Optimizer = Optimizer.Adam(Schedule.OnPlateau(0.02, 0.5, patience: 0, threshold: 0.2).WithWarmup(3)),
        Gradients = GradientTransform.AutoClip(60, 8).Then(GradientTransform.Noise(1e-4)),
        Averaging = WeightAveraging.Ema(0.8),
        Stability = new() { SnapshotEvery = 3 },
        BatchSize = 8,
        AccumulationSteps = 2,
        Epochs = Epochs,
        Seed = 5,
    };

    /// <summary>70 rows: nine batches and so five steps an epoch.</summary>
    public Func<MLContext, IDataView> Data { get; init; } = ml => Samples.RingsView(ml, 70);

    /// <summary>The seed of the MLContext.</summary>
    public int? ContextSeed { get; init; } = 1;

    /// <summary>The GPU of the MLContext; null for none.</summary>
    public int? Gpu { get; init; }

    /// <summary>What was logged in the last fit.</summary>
    public List<string> Log { get; } = [];

    public List<string> Warnings { get; } = [];

    /// <summary>Trains; cancelled after so many steps of this process, when asked to.</summary>
    public (double[] Weights, TrainingResult Result) Run(Checkpointing? checkpoints = null, int? cancelAfter = null, Action<long>? atStep = null)
    {
        using var stop = new CancellationTokenSource();
        var done = 0;
        var counting = Callback.On(stepEnded: (_, step) =>
        {
            atStep?.Invoke(step.Step);
            if (++done == cancelAfter)
            {
                stop.Cancel();
            }
        });
        var ml = new MLContext(ContextSeed) { GpuDeviceId = Gpu };
        Log.Clear();
        Warnings.Clear();
        ml.Log += (_, e) => (e.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning ? Warnings : Log).Add(e.RawMessage);
        var options = Options with { Checkpoints = checkpoints, Callbacks = [counting, .. Options.Callbacks], CancellationToken = stop.Token };
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Data(ml));
        var module = model.Model.Module;
        return ([.. module.parameters().Concat(module.named_buffers().Select(named => named.Item2)).SelectMany(Support.ToArray)], model.Model.Training!);
    }
}
