namespace MLNet.GradStability;

/// <summary>What the guard noticed and did, as a table.</summary>
internal static class IncidentsTable
{
    private const int MostRows = 12;

    public static TableSection Of(TrainingResult result) => new(
        "Incidents",
        "What the guard noticed, and what it did about it. Rows are numbered from 0 in the order of the training data.",
        new DataTable(
            ["step", "epoch", "what", "reaction", "layer", "loss", "gradient norm", "limit", "rate after", "rows"],
            [.. result.Incidents.Select(Row)])
        {
            Texts = new HashSet<int> { 2, 3, 4, 9 },
            CutShort = count => $"The first of {Figures.Count(count)} incidents; all are in TrainingResult.Incidents.",
        });

    private static IReadOnlyList<string> Row(Incident incident) =>
    [
        incident.Epoch == 0 ? "start" : Figures.Count(incident.Step + 1),
        Figures.Count(incident.Epoch),
        SpacedName.Of($"{incident.Kind}"),
        SpacedName.Of($"{incident.Reaction}"),
        incident.Layer ?? string.Empty,
        Known(incident.Loss),
        Known(incident.GradientNorm),
        Known(incident.Limit),
        Known(incident.LearningRate),
        string.Join(", ", incident.Rows.Take(MostRows).Select(Figures.Count)) + (incident.Rows.Count > MostRows ? ", …" : string.Empty),
    ];

    private static string Known(double value) => double.IsNaN(value) ? "–" : Figures.Number(value);
}
