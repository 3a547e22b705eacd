using Microsoft.ML;
using MLNet.GradStability.Tests.Inputs;
using MLNet.GradStability.Tests.Tasks;

namespace MLNet.GradStability.Tests.Devices;

/// <summary>Every task, with its losses and weights.</summary>
internal static class GpuTasks
{
    private static readonly NeuralNetworkOptions Base = GpuFits.Base;
    private static readonly NeuralNetworkOptions Focal = Base with { ClassificationLoss = ClassificationLoss.Focal(2), ClassWeights = ClassWeights.Balanced(), LabelSmoothing = 0.1 };

    public static IReadOnlyDictionary<string, Func<int?, double[]>> All { get; } = new Dictionary<string, Func<int?, double[]>>
    {
        ["class weights"] = gpu => GpuFits.Fit(gpu, Base with { ClassWeights = ClassWeights.Balanced(), ExampleWeightColumnName = "Weight", AccumulationSteps = 2 }),
        ["focal"] = gpu => GpuFits.Fit(gpu, Focal),
        ["focal with class weights"] = gpu => GpuFits.Fit(gpu, Focal with { LabelSmoothing = 0 }),
        ["binary"] = gpu => Fit(gpu, ml => ml.BinaryClassification.Trainers.NeuralNetwork(Base with { LabelColumnName = nameof(Cube.Flag) })),
        ["binary, focal"] = gpu => Fit(gpu, ml => ml.BinaryClassification.Trainers.NeuralNetwork(Focal with { LabelColumnName = nameof(Cube.Flag), ExampleWeightColumnName = nameof(Cube.Weight) })),
        ["multi-label"] = gpu => Fit(gpu, ml => ml.BinaryClassification.Trainers.NeuralNetwork(Focal with { LabelColumnName = nameof(Cube.Flags) })),
        ["regression"] = gpu => Regression(gpu, RegressionLoss.Adaptive()),
        ["absolute error"] = gpu => Regression(gpu, RegressionLoss.Mae()),
        ["huber"] = gpu => Regression(gpu, RegressionLoss.Huber(0.5)),
        ["quantile"] = gpu => Regression(gpu, RegressionLoss.Quantile(0.8)),
        ["multi-output"] = gpu => Fit(gpu, ml => ml.Regression.Trainers.NeuralNetwork(Base with { LabelColumnName = nameof(Cube.Numbers), ExampleWeightColumnName = nameof(Cube.Weight) })),
        ["keys"] = gpu => Keys(gpu, MixedRow.Options),
        ["keys, in a transformer"] = gpu => Keys(gpu, MixedRow.Options with { Network = Network.TabularTransformer(8, 1, 2), Optimizer = GpuCases.Plain }),
    };

    private static double[] Regression(int? gpu, RegressionLoss loss) =>
        Fit(gpu, ml => ml.Regression.Trainers.NeuralNetwork(Base with { LabelColumnName = nameof(Cube.Number), RegressionLoss = loss }));

    private static double[] Keys(int? gpu, NeuralNetworkOptions options)
    {
        var ml = GpuFits.Context(gpu);
        var rows = MixedRow.View(ml);
        using var model = ml.Regression.Trainers.NeuralNetwork(options with { LabelColumnName = "Number", ValidationFraction = 0.2, Epochs = 3 }).Fit(rows);
        return GpuFits.Outcome(ml, model, rows);
    }

    private static double[] Fit(int? gpu, Func<MLContext, NeuralNetworkTrainer> trainer)
    {
        var ml = GpuFits.Context(gpu);
        var rows = ml.Data.LoadFromEnumerable(Cube.Draw(60, 1));
        using var model = trainer(ml).Fit(rows);
        return GpuFits.Outcome(ml, model, rows);
    }
}
