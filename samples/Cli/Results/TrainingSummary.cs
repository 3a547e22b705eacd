using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>Writes how a training went.</summary>
internal static class TrainingSummary
{
    private const int MostIncidents = 5;

    public static void Show(Terminal terminal, TrainingResult training)
    {
        Terminal.Result(FormattableString.Invariant(
            $"{training.StopReason} {training.Steps} steps in {training.Duration.TotalSeconds:F1} s over {training.Rows} rows, {training.SkippedSteps} skipped, {training.RollBacks} rolled back."));
        foreach (var incident in training.Incidents.Take(MostIncidents))
        {
            Terminal.Result("  " + incident);
        }

        if (training.Incidents.Count > MostIncidents)
        {
            Terminal.Result(FormattableString.Invariant($"  … and {training.Incidents.Count - MostIncidents} more"));
        }

        if (training.FinalValidation is { } validation)
        {
            Terminal.Result(FormattableString.Invariant($"validation: loss {validation.Loss:G5}, {training.MetricName} {validation.Metric:G5}"));
        }

        if (training.Diagnosis is { } diagnosis)
        {
            Show(terminal, diagnosis);
        }
    }

    private static void Show(Terminal terminal, Diagnosis diagnosis)
    {
        Terminal.Result($"diagnosis: {diagnosis.Sentence}");
        if (diagnosis.Kind == DiagnosisKind.Healthy)
        {
            return;
        }

        foreach (var line in diagnosis.Evidence)
        {
            Terminal.Result("  " + line);
        }

        Terminal.Result($"  what to do: {diagnosis.Remedy}");
        if (terminal.IsVerbose)
        {
            Terminal.Result($"  in code: {diagnosis.Code}");
        }
    }
}
