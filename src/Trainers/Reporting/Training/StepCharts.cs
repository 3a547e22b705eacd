namespace MLNet.GradStability;

/// <summary>Gradient norm, loss and rate of a training, step by step, with what the guard did.</summary>
internal static class StepCharts
{
    private static readonly Axis Step = new("step") { IsWhole = true, From = 0 };

    public static ChartSection Of(TrainingResult result) => new("Gradients and steps", About(result), [Norms(result), Losses(result), Rates(result), Skips(result)]);

    private static string About(TrainingResult result)
    {
        var length = result.Spans.Select(span => span.Count).DefaultIfEmpty(1).Max();
        return length == 1
            ? "Every step is a point. Skipped steps left the weights as they were."
            : $"Each point is the mean of {Figures.Count(length)} steps, the band runs from the lowest to the highest of them. Skipped steps left the weights as they were.";
    }

    private static LineChart Norms(TrainingResult result)
    {
        var used = Line(result, span => span.UsedNorm);
        var before = Line(result, span => span.GradientNorm);
        var isChanged = before.Zip(used).Any(pair => double.IsFinite(pair.Second.Y) && !pair.First.Equals(pair.Second));
        return new LineChart
        {
            Title = "Gradient norm",
            Description = "Global norm of the gradients, as computed and as the optimiser was given them after clipping.",
            X = Step,
            Y = new Axis("global norm", ScaleKind.Log) { Unit = "log scale" },
            Series = isChanged ? [new("computed", "s0", before), new("after clipping", "s1", [.. used.Select(point => new LinePoint(point.X, point.Y))])] : [new("computed, left as it was", "s0", before)],
            Marks = IncidentMarks.Of(result, incident => incident.GradientNorm),
        };
    }

    private static LineChart Losses(TrainingResult result)
    {
        var losses = Line(result, span => span.Loss);
        return new LineChart
        {
            Title = "Loss, step by step",
            Description = "Training loss of the rows of each step, penalty included.",
            X = Step,
            Y = new Axis("loss").Fitting([.. losses.Select(point => point.Y), .. losses.Select(point => point.High)]),
            Series = [new("loss", "s0", losses)],
            Marks = IncidentMarks.Of(result, incident => incident.Loss),
        };
    }

    private static LineChart Rates(TrainingResult result) => new()
    {
        Title = "Learning rate",
        Description = "By the schedule, and by what callbacks and roll-backs made of it.",
        X = Step,
        Y = new Axis("rate") { From = 0 },
        Series = [new("rate", "s0", [.. result.Spans.Select(span => new LinePoint(span.First + span.Count, span.LearningRate))])],
    };

    private static BarChart Skips(TrainingResult result) => new()
    {
        Title = "Skipped steps",
        Description = "Steps that were left out, in the epochs with most of them.",
        Value = new Axis("skipped steps") { IsWhole = true },
        Bars = [.. result.Epochs.Where(epoch => epoch.SkippedSteps > 0).OrderByDescending(epoch => epoch.SkippedSteps).Take(15).OrderBy(epoch => epoch.Epoch).Select(epoch => new Bar($"epoch {Figures.Count(epoch.Epoch)}", epoch.SkippedSteps))],
    };

    private static List<LinePoint> Line(TrainingResult result, Func<StepSpan, StepRange> range) =>
    [
        .. result.Spans.Select(span => (Span: span, Range: range(span))).Select(pair => new LinePoint(pair.Span.First + 1 + ((pair.Span.Count - 1) / 2), pair.Range.Mean)
        {
            Low = pair.Range.Lowest,
            High = pair.Range.Highest,
        }),
    ];
}
