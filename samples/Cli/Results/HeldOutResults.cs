using Microsoft.ML;
using Microsoft.ML.Data;

namespace Samples.Cli;

/// <summary>Measures a network on rows that took no part in its training, and writes what comes out.</summary>
internal static class HeldOutResults
{
    /// <param name="ml">The context.</param>
    /// <param name="plan">The data.</param>
    /// <param name="names">The names of the columns.</param>
    /// <param name="scored">The scored rows; null when none are held out.</param>
    public static void Show(MLContext ml, DataPlan plan, ColumnNames names, IDataView? scored)
    {
        if (scored is null)
        {
            return;
        }

        switch (plan.Label.Task)
        {
            case TaskKind.Regression:
                Regression(ml, names, scored);
                break;
            case TaskKind.Binary:
                Binary(ml, plan, names, scored);
                break;
            default:
                Multiclass(ml, plan, names, scored);
                break;
        }
    }

    private static void Regression(MLContext ml, ColumnNames names, IDataView scored)
    {
        var labels = scored.GetColumn<float>(names.Label).ToList();
        if (IsEmpty(labels.Count))
        {
            return;
        }

        var metrics = ml.Regression.Evaluate(scored, names.Label);
        var mean = labels.Average(label => (double)label);
        var baseline = Math.Sqrt(labels.Average(label => (label - mean) * (label - mean)));
        Head(labels.Count);
        Line("RMSE", metrics.RootMeanSquaredError, FormattableString.Invariant($"always predicting the mean: {baseline:G5}"));
        Line("MAE", metrics.MeanAbsoluteError);
        Line("R²", metrics.RSquared);
    }

    private static void Binary(MLContext ml, DataPlan plan, ColumnNames names, IDataView scored)
    {
        var pairs = Pairs(scored.GetColumn<bool>(names.Label).Select(Index), scored.GetColumn<bool>("PredictedLabel").Select(Index));
        if (IsEmpty(pairs.Count))
        {
            return;
        }

        Head(pairs.Count);
        Accuracy(pairs);

        // Ranking needs both classes.
        if (pairs.Select(pair => pair.Actual).Distinct().Count() == 2)
        {
            var metrics = ml.BinaryClassification.Evaluate(scored, names.Label);
            Line("AUC", metrics.AreaUnderRocCurve);
            Line("F1", metrics.F1Score);
            Line("precision", metrics.PositivePrecision, $"of the rows predicted \"{plan.Label.Classes[1]}\"");
            Line("recall", metrics.PositiveRecall, $"of the rows that are \"{plan.Label.Classes[1]}\"");
            Line("log-loss", metrics.LogLoss);
        }

        ConfusionTable.Show(plan.Label.Classes, pairs);
    }

    private static void Multiclass(MLContext ml, DataPlan plan, ColumnNames names, IDataView scored)
    {
        var pairs = Pairs(scored.GetColumn<uint>(names.Label).Select(Index), scored.GetColumn<uint>("PredictedLabel").Select(Index));
        if (IsEmpty(pairs.Count))
        {
            return;
        }

        var metrics = ml.MulticlassClassification.Evaluate(scored, names.Label);
        Head(pairs.Count);
        Accuracy(pairs);
        Line("macro accuracy", metrics.MacroAccuracy, "the mean over the classes");
        Line("log-loss", metrics.LogLoss);
        ConfusionTable.Show(plan.Label.Classes, pairs);
    }

    private static int Index(bool isPositive) => isPositive ? 1 : 0;

    private static int Index(uint key) => (int)key - 1;

    private static List<(int Actual, int Predicted)> Pairs(IEnumerable<int> actual, IEnumerable<int> predicted) => [.. actual.Zip(predicted)];

    private static void Accuracy(List<(int Actual, int Predicted)> pairs)
    {
        var most = (double)pairs.CountBy(pair => pair.Actual).Max(count => count.Value) / pairs.Count;
        Line("accuracy", (double)pairs.Count(pair => pair.Actual == pair.Predicted) / pairs.Count, FormattableString.Invariant($"always predicting the most frequent class: {most:F4}"));
    }

    private static bool IsEmpty(int rows)
    {
        if (rows == 0)
        {
            Terminal.Result("held-out rows: none; there are too few rows to hold any out");
        }

        return rows == 0;
    }

    private static void Head(int rows) => Terminal.Result(FormattableString.Invariant($"held-out rows: {rows}"));

    private static void Line(string name, double value, string? remark = null) =>
        Terminal.Result(FormattableString.Invariant($"  {name,-15} {(Math.Abs(value) < 10 ? $"{value:F4}" : $"{value:G6}")}{(remark is null ? string.Empty : $"   ({remark})")}"));
}
