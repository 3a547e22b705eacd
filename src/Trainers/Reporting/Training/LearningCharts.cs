namespace MLNet.GradStability;

/// <summary>Loss, metric and time of a training, epoch by epoch.</summary>
internal static class LearningCharts
{
    private static readonly Axis Epoch = new("epoch") { IsWhole = true };

    public static ChartSection Of(TrainingResult result) => new(
        "Learning",
        "Epoch 0 is the network before its first step, measured without penalties. Training values of the later epochs are means over the rows as they were seen, penalty and dropout included, so that validation can be better.",
        [
            Curves(result, "Loss", "Mean loss of each epoch.", "loss", epoch => epoch.Loss, epoch => epoch.ValidationLoss, evaluation => evaluation.Loss, lowerIsBetter: true),
            Curves(
                result,
                SpacedName.Of(result.MetricName),
                $"{SpacedName.Of(result.MetricName)} of each epoch{(result.MetricName == "RMSE" ? ", in units of the label" : string.Empty)}.",
                result.MetricName,
                epoch => epoch.Metric,
                epoch => epoch.ValidationMetric,
                evaluation => evaluation.Metric,
                lowerIsBetter: result.MetricName != "accuracy"),
        ]);

    private static LineChart Curves(
        TrainingResult result,
        string title,
        string description,
        string name,
        Func<EpochRecord, double> training,
        Func<EpochRecord, double> validation,
        Func<Evaluation, double> initial,
        bool lowerIsBetter)
    {
        var (seen, held) = (Points(result, result.InitialTraining, training, initial), Points(result, result.InitialValidation, validation, initial));
        held = held.Any(point => double.IsFinite(point.Y)) ? held : [];
        return new LineChart
        {
            Title = title,
            Description = description,
            X = Epoch,
            Y = new Axis(name).Fitting([.. seen.Select(point => point.Y), .. held.Select(point => point.Y)]),
            Series = held.Count > 0 ? [new("training", "s0", seen), new("validation", "s1", held)] : [new("training", "s0", seen)],
            Marks = Best(held, name, lowerIsBetter),
        };
    }

    private static List<LinePoint> Points(TrainingResult result, Evaluation? before, Func<EpochRecord, double> value, Func<Evaluation, double> initial) =>
    [
        .. before is null ? [] : new[] { new LinePoint(0, initial(before)) },
        .. result.Epochs.Select(epoch => new LinePoint(epoch.Epoch, value(epoch))),
    ];

    private static ChartMark[] Best(List<LinePoint> points, string name, bool lowerIsBetter)
    {
        var finite = points.Where(point => double.IsFinite(point.Y)).ToList();
        if (finite.Count == 0)
        {
            return [];
        }

        var best = lowerIsBetter ? finite.MinBy(point => point.Y) : finite.MaxBy(point => point.Y);
        return [new(best.X, best.Y, MarkShape.Diamond, "best", "best validation", $"best validation {name} {Figures.Number(best.Y)}\nepoch {Figures.Number(best.X)}")];
    }
}
