using Microsoft.ML;

namespace MLNet.GradStability.Tests.Sweeps;

/// <summary>A sweep of small trainings on the rings.</summary>
internal static class RingsSweep
{
    public static readonly NeuralNetworkOptions Options = new()
    {
        LabelColumnName = "Ring",
        Network = Network.Mlp([8]),
        Epochs = 4,
        DiagnosisEvery = null,
    };

    public static readonly OptionSpace<NeuralNetworkOptions> Space = OptionSpace.Of(Options)
        .LogUniform("rate", 1e-4, 0.1, (options, rate) => options with { Optimizer = Optimizer.Adam(rate) })
        .Choice("clipper", (options, clipper) => options with { Gradients = clipper }, null, GradientTransform.ClipByNorm(1), GradientTransform.ClipByGlobalNorm(1));

    public static OptionSweep<NeuralNetworkOptions> Of(MLContext ml, OptionSpace<NeuralNetworkOptions>? space = null) =>
        new(ml, space ?? Space, options => ml.MulticlassClassification.Trainers.NeuralNetwork(options), SweepMetric.Accuracy("Ring"));

    public static SweepResult<TOptions> Run<TOptions>(this OptionSweep<TOptions> sweep)
        where TOptions : notnull
    {
        var ml = new MLContext(1);
        return sweep.Run(Samples.RingsView(ml, 60), Samples.RingsView(ml, 60, seed: 2));
    }

    /// <summary>What must be the same in two runs of one sweep: numbers, values, states, metrics and curves.</summary>
    public static string[] Facts<TOptions>(this SweepResult<TOptions> result)
        where TOptions : notnull =>
    [
        .. result.Trials.OrderBy(trial => trial.Number).Select(trial =>
            FormattableString.Invariant($"{trial.Number} {string.Join(", ", trial.Values.Select(value => FormattableString.Invariant($"{value.Parameter.Name} {value.Value:R}")))} {trial.State} {trial.Metric:R} {string.Join(" ", trial.Curve.Select(epoch => epoch.Loss.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}")),
    ];
}
