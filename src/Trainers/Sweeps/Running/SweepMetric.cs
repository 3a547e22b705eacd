using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>The number that a sweep judges a trial by, computed from scored rows.</summary>
public sealed record SweepMetric
{
    private readonly Func<MLContext, IDataView, double> _measure;

    private SweepMetric(string name, bool higherIsBetter, Func<MLContext, IDataView, double> measure)
    {
        Name = Require.Text(name, nameof(SweepMetric), nameof(name), "Name it as tables should show it.");
        HigherIsBetter = higherIsBetter;
        ArgumentNullException.ThrowIfNull(measure);
        _measure = measure;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Whether more is better.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>The share of rows of which the class is right, in multiclass classification.</summary>
    /// <param name="label">The label column.</param>
    public static SweepMetric Accuracy(string label = "Label") =>
        new("accuracy", true, (ml, scored) => ml.MulticlassClassification.Evaluate(scored, label).MicroAccuracy);

    /// <summary>The mean over the classes of the share of their rows that is right, in multiclass classification.</summary>
    /// <param name="label">The label column.</param>
    public static SweepMetric MacroAccuracy(string label = "Label") =>
        new("macro accuracy", true, (ml, scored) => ml.MulticlassClassification.Evaluate(scored, label).MacroAccuracy);

    /// <summary>The mean of −ln of the probability given to the true class, in multiclass classification.</summary>
    /// <param name="label">The label column.</param>
    public static SweepMetric LogLoss(string label = "Label") =>
        new("log-loss", false, (ml, scored) => ml.MulticlassClassification.Evaluate(scored, label).LogLoss);

    /// <summary>The share of rows that are right, in binary classification.</summary>
    /// <param name="label">The label column.</param>
    public static SweepMetric BinaryAccuracy(string label = "Label") =>
        new("accuracy", true, (ml, scored) => ml.BinaryClassification.Evaluate(scored, label).Accuracy);

    /// <summary>The area under the ROC curve, in binary classification.</summary>
    /// <param name="label">The label column.</param>
    public static SweepMetric AreaUnderRocCurve(string label = "Label") =>
        new("AUC", true, (ml, scored) => ml.BinaryClassification.Evaluate(scored, label).AreaUnderRocCurve);

    /// <summary>The harmonic mean of precision and recall of the positive class, in binary classification.</summary>
    /// <param name="label">The label column.</param>
    public static SweepMetric F1(string label = "Label") =>
        new("F1", true, (ml, scored) => ml.BinaryClassification.Evaluate(scored, label).F1Score);

    /// <summary>The mean of −log₂ of the probability given to the truth, in binary classification.</summary>
    /// <param name="label">The label column.</param>
    public static SweepMetric BinaryLogLoss(string label = "Label") =>
        new("log-loss", false, (ml, scored) => ml.BinaryClassification.Evaluate(scored, label).LogLoss);

    /// <summary>The share of the variance that is explained, in regression.</summary>
    /// <param name="label">The label column.</param>
    public static SweepMetric RSquared(string label = "Label") =>
        new("R²", true, (ml, scored) => ml.Regression.Evaluate(scored, label).RSquared);

    /// <summary>The root of the mean squared error, in regression.</summary>
    /// <param name="label">The label column.</param>
    public static SweepMetric Rmse(string label = "Label") =>
        new("RMSE", false, (ml, scored) => ml.Regression.Evaluate(scored, label).RootMeanSquaredError);

    /// <summary>The mean absolute error, in regression.</summary>
    /// <param name="label">The label column.</param>
    public static SweepMetric MeanAbsoluteError(string label = "Label") =>
        new("MAE", false, (ml, scored) => ml.Regression.Evaluate(scored, label).MeanAbsoluteError);

    /// <summary>A metric of your own.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="higherIsBetter">Whether more is better.</param>
    /// <param name="measure">Computes it from scored rows; trials may call it at the same time. A number that is not finite fails the trial.</param>
    public static SweepMetric Of(string name, bool higherIsBetter, Func<MLContext, IDataView, double> measure) => new(name, higherIsBetter, measure);

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal double Measure(MLContext context, IDataView scored) => _measure(context, scored);

    /// <summary>The metric as a number of which less is better; what is not finite is worst.</summary>
    internal double Loss(double value) => !double.IsFinite(value) ? double.PositiveInfinity : HigherIsBetter ? -value : value;
}
