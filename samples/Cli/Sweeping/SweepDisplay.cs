using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>Shows a line for each trial as it ends.</summary>
internal sealed class SweepDisplay(Terminal terminal) : IProgress<SweepProgress<NeuralNetworkOptions>>
{
    private readonly HashSet<int> _shown = [];

    public void Report(SweepProgress<NeuralNetworkOptions> value)
    {
        foreach (var trial in value.Ended.Where(trial => _shown.Add(trial.Number)).OrderBy(trial => trial.Number).ToList())
        {
            var how = trial.State == TrialState.Completed ? string.Empty : $" {trial.State.ToString().ToLowerInvariant()}";
            terminal.Note(FormattableString.Invariant(
                $"trial {trial.Number}/{value.Trials}{how}: {value.MetricName} {trial.Metric:G4} (best {value.Ended[0].Metric:G4}) in {trial.Duration.TotalSeconds:F1} s: {string.Join(", ", trial.Values.Select(v => $"{v.Parameter.Name} {v.Text}"))}"));
        }
    }
}
