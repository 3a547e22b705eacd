namespace MLNet.GradStability.Tests.Reporting;

/// <summary>Made-up results of trainings, of any size and with any names.</summary>
internal static class Results
{
    /// <summary>A run of some epochs, spans, samples and incidents.</summary>
    public static TrainingResult Of(int epochs, int spans = 0, int samples = 0, int layers = 0, int incidents = 0, string name = "hidden") => new(
        StopReason.Completed(epochs), "accuracy", [.. Enumerable.Range(1, epochs).Select(Epoch)], spans, 0, 1000, 1, TimeSpan.FromSeconds(3))
    {
        Spans = [.. Enumerable.Range(0, spans).Select(i => StepSpan.Of(i, 1.0 / (i + 1), 2, 0.1) with { UsedNorm = StepRange.Of(1) })],
        Samples = [.. Enumerable.Range(0, samples).Select(i => new NetworkSample(i, 1, 0.1, 2, [.. Enumerable.Range(0, layers).Select(layer => Layer($"{name}{layer}", i))]))],
        Incidents = [.. Enumerable.Range(0, incidents).Select(i => Incident(i, name))],
        Diagnosis = new(DiagnosisKind.Healthy, null, null, "Healthy.", [], "None.", "options", []),
        Environment = TrainingEnvironment.Here(),
        Data = new(1000, 0, [new("Features", "Vector<Single, 4>", ColumnRole.Features, ["a", "b"])], ["x", "y"]),
    };

    private static EpochRecord Epoch(int epoch) => new(epoch, 1.0 / epoch, 0.9, 1, 2, 0.1, 0, TimeSpan.FromSeconds(1));

    private static LayerSample Layer(string name, int sample) => new(name, 1 + sample, 2, 1e-3, 0, 1, 0.1);

    private static Incident Incident(int i, string layer) => new(
        i, 1, IncidentKind.GradientSpike, i % 7 == 0 ? GuardReaction.RolledBack : GuardReaction.Skipped, layer, [.. Enumerable.Range(0, 256).Select(row => (long)row)], 3, 400, 20, 0.1, $"Step {i}: {layer}");
}
