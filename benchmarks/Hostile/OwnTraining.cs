using Microsoft.ML;

namespace MLNet.GradStability.Benchmarks.Hostile;

/// <summary>Trains with this library and measures on the held-out rows.</summary>
internal static class OwnTraining
{
    // Where the metric of a shallow net no longer depends on the epochs.
    private const int ReferenceEpochs = 40;

    /// <summary>The metric of a shallow net with the default options on healthy rows.</summary>
    /// <param name="task">The task.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="gpu">The GPU's number; null for the processor.</param>
    public static double Reference(HostileTask task, int seed, int? gpu = null)
    {
        var rows = (task.CleanRows ?? task.Rows)(seed);
        return Train(new NeuralNetworkOptions { Network = Network.Mlp([64]), Epochs = ReferenceEpochs, Seed = seed }, rows, gpu).Metric;
    }

    /// <param name="task">The task.</param>
    /// <param name="recipe">How it is trained.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="gpu">The GPU's number; null for the processor.</param>
    public static (double Metric, long Explosions, long Recoveries) Train(HostileTask task, Recipe recipe, int seed, int? gpu = null)
    {
        var rows = task.Rows(seed);
        var options = recipe.Options(task, seed);
        return Train(task.Bad is { } bad ? options with { Callbacks = [BadBatches.Callback(bad, task.Steps(rows))] } : options, rows, gpu);
    }

    private static (double Metric, long Explosions, long Recoveries) Train(NeuralNetworkOptions options, TaskRows rows, int? gpu)
    {
        var ml = new MLContext(options.Seed) { GpuDeviceId = gpu };
        var broken = 0L;
        options = options with
        {
            LabelColumnName = rows.Goal switch { Goal.Class => "Class", Goal.Rare => "Flag", _ => "Number" },
            RegressionLoss = rows.Goal == Goal.Number ? options.RegressionLoss : new NeuralNetworkOptions().RegressionLoss,
            Callbacks = [.. options.Callbacks, Callback.On(stepEnded: (_, step) => broken += double.IsFinite(step.Loss) && double.IsFinite(step.GradientNorm) ? 0 : 1)],
        };
        using var model = Trainer(ml, rows.Goal, options).Fit(rows.Train.ToView(ml, rows.Classes));
        var training = model.Model.Training!;
        var reactions = training.Incidents.Where(incident => incident.Reaction is not (GuardReaction.Noted or GuardReaction.Stopped)).Count();
        return (
            Metric(ml, model.Transform(rows.Test.ToView(ml, rows.Classes)), rows),
            Math.Max(training.Incidents.Count, broken),
            training.StopReason.Kind == StopKind.Diverged ? 0 : reactions);
    }

    private static IEstimator<NeuralNetworkTransformer> Trainer(MLContext ml, Goal goal, NeuralNetworkOptions options) => goal switch
    {
        Goal.Class => ml.MulticlassClassification.Trainers.NeuralNetwork(options),
        Goal.Rare => ml.BinaryClassification.Trainers.NeuralNetwork(options),
        _ => ml.Regression.Trainers.NeuralNetwork(options),
    };

    private static double Metric(MLContext ml, IDataView scored, TaskRows rows) => Metrics.Of(rows.Goal, rows.Test.Y, rows.Goal switch
    {
        Goal.Class => [.. ml.Data.CreateEnumerable<ClassScores>(scored, reuseRowObject: false, ignoreMissingColumns: true).Select(row => row.Score)],
        _ => [.. ml.Data.CreateEnumerable<OneScore>(scored, reuseRowObject: false, ignoreMissingColumns: true).Select(row => new[] { row.Score })],
    });

    private sealed class ClassScores
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class OneScore
    {
        public float Score { get; set; }
    }
}
