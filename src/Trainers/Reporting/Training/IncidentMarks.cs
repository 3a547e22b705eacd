namespace MLNet.GradStability;

/// <summary>The guard's incidents, and steps that were not finite, as marks over the steps of a run.</summary>
internal static class IncidentMarks
{
    // As many places as a chart of this width can tell apart.
    private const int Places = 120;
    private const int LongestText = 400;

    /// <param name="result">The run.</param>
    /// <param name="height">How high a mark stands; not finite for the upper edge.</param>
    public static IReadOnlyList<ChartMark> Of(TrainingResult result, Func<Incident, double> height)
    {
        var width = Math.Max(1, result.Steps / (double)Places);
        return
        [
            .. result.Spans.Where(span => span.Finite + span.Skipped < span.Count).Select(NotFinite),
            .. result.Incidents
                .Where(incident => incident.Epoch > 0)
                .GroupBy(incident => (incident.Reaction, Place: (long)(incident.Step / width)))
                .Select(group => Mark(group.Key.Reaction, [.. group], height)),
        ];
    }

    /// <summary>Steps that nothing kept from the weights.</summary>
    private static ChartMark NotFinite(StepSpan span) => new(
        span.First + 1, double.PositiveInfinity, MarkShape.Cross, "lost", "not finite", $"Loss or gradient was no finite number in {Figures.Count(span.Count - span.Finite)} of {Figures.Count(span.Count)} steps from step {Figures.Count(span.First + 1)}, and nothing left them out.");

    private static ChartMark Mark(GuardReaction reaction, List<Incident> incidents, Func<Incident, double> height)
    {
        var worst = incidents.MaxBy(incident => double.IsFinite(height(incident)) ? height(incident) : double.MaxValue)!;
        var (shape, style, name) = reaction switch
        {
            GuardReaction.Skipped => (MarkShape.Triangle, "skip", "skipped"),
            GuardReaction.RolledBack => (MarkShape.Square, "back", "rolled back"),
            GuardReaction.Stopped => (MarkShape.Cross, "stop", "stopped"),
            GuardReaction.Repaired => (MarkShape.Diamond, "repair", "weights drawn anew"),
            _ => (MarkShape.Circle, "seen", "noted"),
        };
        var text = incidents.Count == 1 ? worst.Sentence : $"{incidents.Count} × {name}, such as\n{worst.Sentence}";
        return new ChartMark(worst.Step + 1, height(worst), shape, style, name, text.Length > LongestText ? text[..LongestText] + "…" : text)
        {
            HasLine = reaction is GuardReaction.RolledBack or GuardReaction.Stopped,
        };
    }
}
