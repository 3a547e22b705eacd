namespace MLNet.GradStability;

/// <summary>The search of a sweep as charts: where trials lay, how the best came to be, what mattered, how trials learned.</summary>
internal static class SweepCharts
{
    private const int MostLines = 400;
    private const int MostCurves = 40;

    // The best trials differ little, and must not be pressed together by a few bad ones.
    private const double LogarithmicFrom = 3;
    private const double LeftOut = 0.05;

    public static ChartSection Of(SweepFacts sweep) => new(
        "Search",
        "Trials are numbered in the order in which they were chosen.",
        [Places(sweep), Progress(sweep), Importance(sweep), Curves(sweep)]);

    private static ParallelChart Places(SweepFacts sweep)
    {
        var metrics = sweep.Trials.Where(trial => trial.State == TrialState.Completed).Select(trial => trial.Metric).ToList();
        var axis = new Axis(sweep.Metric.Name).Fitting(metrics, LogarithmicFrom);
        var scale = ChartScale.Over(axis, metrics);
        return new ParallelChart
        {
            Title = "Trials by their options",
            Description = $"Each line is a trial; the better it was, the stronger it is drawn. A parameter that did not count in a trial is passed below.{(sweep.Trials.Count > MostLines ? $" The best {MostLines} are shown." : string.Empty)}",
            Axes =
            [
                .. sweep.Parameters.Select(parameter => new ParallelAxis(parameter.Name, Ticks(parameter))),
                new ParallelAxis(sweep.Metric.Name, [.. scale.Ticks(4).Select(tick => (scale.Position(tick.Value), tick.Text))]),
            ],
            Lines = [.. sweep.Trials.Take(MostLines).Select((trial, rank) => Line(sweep, trial, rank, scale)).Reverse()],
            Styles = [new("best", "line win"), new("completed", "line s0"), new("not completed", "line faint")],
        };
    }

    private static ParallelLine Line(SweepFacts sweep, SweepTrial<object> trial, int rank, ChartScale scale)
    {
        var isComplete = trial.State == TrialState.Completed;
        var places = sweep.Parameters.Select(parameter => trial.Values.FirstOrDefault(value => value.Parameter == parameter)?.Position);
        var (style, strength) = (isComplete, rank) switch
        {
            (true, 0) => ("win", 1),
            (true, _) => ("s0", 0.85 - (0.65 * rank / Math.Max(1, Math.Min(sweep.Trials.Count, MostLines)))),
            _ => ("lost", 0.35),
        };
        return new ParallelLine([.. places, isComplete ? scale.Position(trial.Metric) : null], style, strength, sweep.Describe(trial));
    }

    private static IReadOnlyList<(double Place, string Text)> Ticks(SweepParameter parameter) => parameter.Scale == SweepScale.Choice
        ? [.. parameter.Choices.Select((choice, i) => (parameter.Position(i), choice))]
        : [(0, parameter.Text(parameter.Minimum)), (1, parameter.Text(parameter.Maximum))];

    private static LineChart Progress(SweepFacts sweep)
    {
        var best = double.NaN;
        var line = new List<LinePoint>();
        foreach (var trial in sweep.Trials.OrderBy(trial => trial.Number))
        {
            if (trial.State == TrialState.Completed && (double.IsNaN(best) || sweep.Metric.Loss(trial.Metric) < sweep.Metric.Loss(best)))
            {
                best = trial.Metric;
            }

            line.Add(new LinePoint(trial.Number, best));
        }

        return new LineChart
        {
            Title = "Best so far",
            Description = $"{SpacedName.Of(sweep.Metric.Name)} of each trial, and the best until then; {(sweep.Metric.HigherIsBetter ? "more" : "less")} is better.",
            X = new Axis("trial") { IsWhole = true },
            Y = new Axis(sweep.Metric.Name).Fitting(sweep.Trials.Where(trial => trial.State == TrialState.Completed).Select(trial => trial.Metric), LogarithmicFrom),
            Series = [new("best so far", "s0", line)],
            Marks = [.. sweep.Trials.Select(trial => trial.State == TrialState.Completed
                ? new ChartMark(trial.Number, trial.Metric, MarkShape.Circle, "seen", "completed", sweep.Describe(trial))
                : new ChartMark(trial.Number, double.NaN, MarkShape.Cross, "lost", "not completed", $"{sweep.Describe(trial)}\n{trial.Reason}"))],
        };
    }

    private static BarChart Importance(SweepFacts sweep) => new()
    {
        Title = "What mattered",
        Description = "The share of the differences between completed trials that each parameter explains on its own; joint effects are in no share.",
        Value = new Axis("share explained") { From = 0, To = 1 },
        Format = Figures.Percent,
        Bars = [.. sweep.Importance.Select(importance => new Bar(importance.Parameter.Name, importance.Share))],
    };

    private static LineChart Curves(SweepFacts sweep)
    {
        var watched = sweep.Trials.Where(trial => trial.Curve.Count > 0).ToList();
        var (name, value) = watched.Any(trial => trial.Curve.Any(epoch => double.IsFinite(epoch.ValidationMetric)))
            ? ("validation metric", (Func<TrialEpoch, double>)(epoch => epoch.ValidationMetric))
            : ("training loss", epoch => epoch.Loss);
        var series = watched.Take(MostCurves).Select(trial => new LineSeries(
            $"trial {Figures.Count(trial.Number)}",
            trial == sweep.Best ? "win" : trial.State == TrialState.Completed ? "s0 thin" : "faint",
            [.. trial.Curve.Select(epoch => new LinePoint(epoch.Epoch, value(epoch)))])).ToList();
        return new LineChart
        {
            Title = "Learning curves",
            Description = $"{SpacedName.Of(name)} of each trial, epoch by epoch; the best one is strong, those that did not complete are grey.{(watched.Count > MostCurves ? $" The best {MostCurves} are shown." : string.Empty)} What is worse than the axis reaches lies on its edge.",
            X = new Axis("epoch") { IsWhole = true },
            Y = Focused(new Axis(name), [.. watched.Where(trial => trial.State == TrialState.Completed).Select(trial => trial.Curve.Select(value).ToList())]),
            Series = series,
            HasLegend = false,
        };
    }

    /// <summary>An axis over the curves of completed trials without their worst values, which the first epochs have.</summary>
    private static Axis Focused(Axis axis, IReadOnlyList<IReadOnlyList<double>> curves)
    {
        var values = curves.SelectMany(curve => curve).Where(double.IsFinite).Order().ToList();
        if (values.Count == 0)
        {
            return axis;
        }

        var isRising = curves.Sum(curve => Math.Sign(curve[^1] - curve[0])) > 0;
        var worst = (int)(LeftOut * values.Count);
        var shown = isRising ? values[worst..] : values[..^worst];
        return axis.Fitting(shown) with { From = shown[0], To = shown[^1] };
    }
}
