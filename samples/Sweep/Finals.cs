using System.Globalization;
using Microsoft.ML;
using MLNet.GradStability;

namespace Samples.Sweep;

/// <summary>
/// The best trials of a sweep against the first, which has the default options, by cross-validation: on few rows the best of many trials is partly the luckiest. The
/// default options stay the choice unless another is better by more than chance alone would often have it.
/// </summary>
internal static class Finals
{
    private const int Challengers = 2;
    private const int Folds = 10;

    // As many standard errors of the difference as chance exceeds once in twenty times.
    private const double Clear = 2;

    /// <summary>The best challenger over the folds, and whether it is clearly better than the default options.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="sweep">What the sweep found.</param>
    /// <param name="pipeline">Makes the pipeline.</param>
    /// <param name="rows">The rows to choose by.</param>
    public static (SweepTrial<NeuralNetworkOptions> Trial, bool IsClearlyBetter) Play(
        MLContext ml, SweepResult<NeuralNetworkOptions> sweep, Func<NeuralNetworkOptions, IEstimator<ITransformer>> pipeline, IDataView rows)
    {
        var challengers = sweep.Trials.Where(trial => trial.State == TrialState.Completed && trial.Number != 1).Take(Challengers).ToList();
        var players = challengers.Prepend(sweep.Trials.Single(trial => trial.Number == 1)).ToDictionary(trial => trial.Number);
        var space = OptionSpace.Of(new NeuralNetworkOptions()).Choice("trial", (_, number) => Whole(players[number].Options!), [.. players.Keys]);
        using var result = SweepDisplay<NeuralNetworkOptions>.Run(progress =>
            new OptionSweep<NeuralNetworkOptions>(ml, space, pipeline, SweepMetric.LogLoss()) { Tuner = Tuner.Grid(), Trials = players.Count, Progress = progress }.CrossValidate(rows, Folds));
        var folds = result.Trials.ToDictionary(trial => int.Parse(trial.Values[0].Text, CultureInfo.InvariantCulture), trial => trial.FoldMetrics);
        Tell($"log-loss over {Folds} folds: {folds[1].Average():F4} with the default options");
        var judged = challengers.Select(trial => (Trial: trial, Gains: (IReadOnlyList<double>)[.. folds[1].Zip(folds[trial.Number], (usual, own) => usual - own)])).OrderByDescending(one => one.Gains.Average()).ToList();
        foreach (var (trial, gains) in judged)
        {
            Tell($"log-loss over {Folds} folds: {folds[trial.Number].Average():F4} with the options of trial {trial.Number}, lower by {gains.Average():F4} with a standard error of {Error(gains):F4}");
        }

        var (best, gain) = judged[0];
        return (best, gain.Average() > Clear * Error(gain));
    }

    /// <summary>Options that train on all rows they are given.</summary>
    public static NeuralNetworkOptions Whole(NeuralNetworkOptions options) => options with { ValidationFraction = 0 };

    /// <summary>The deviation of a sample.</summary>
    public static double Deviation(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    private static double Error(IReadOnlyList<double> values) => Deviation(values) / Math.Sqrt(values.Count);

    private static void Tell(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
