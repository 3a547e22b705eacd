namespace Microsoft.ML.Data;

/// <summary>Evaluates scored binary data in one pass.</summary>
internal static class BinaryEvaluator
{
    public static CalibratedBinaryClassificationMetrics Evaluate(IDataView data, string label, string score, string probability,
        string predictedLabel)
    {
        var columns = new EvaluationData(data, (EvaluationData.Label, label), (EvaluationData.Score, score),
            (EvaluationData.Probability, probability), (EvaluationData.PredictedLabel, predictedLabel));
        CheckTypes(columns);
        columns.Check(EvaluationData.Probability, "Single", type => type == NumberDataViewType.Single);
        return Evaluate(columns, row => row.GetGetter<float>(columns[EvaluationData.Probability]),
            (counts, roc, precisionRecall) => new CalibratedBinaryClassificationMetrics(counts, roc, precisionRecall, ClassNames(columns)));
    }

    public static BinaryClassificationMetrics Evaluate(IDataView data, string label, string score, string predictedLabel)
    {
        var columns = new EvaluationData(data, (EvaluationData.Label, label), (EvaluationData.Score, score),
            (EvaluationData.PredictedLabel, predictedLabel));
        CheckTypes(columns);
        return Evaluate(columns, _ => (ref float dst) => dst = float.NaN,
            (counts, roc, precisionRecall) => new BinaryClassificationMetrics(counts, roc, precisionRecall, ClassNames(columns)));
    }

    private static TMetrics Evaluate<TMetrics>(EvaluationData columns, Func<DataViewRow, ValueGetter<float>> probabilities,
        Func<BinaryCounts, double, double, TMetrics> result)
    {
        var counts = new BinaryCounts();
        var ranked = new List<(float Score, bool Positive)>();
        columns.ForEach(row =>
        {
            var getLabel = columns.LabelGetter(row);
            var getScore = row.GetGetter<float>(columns[EvaluationData.Score]);
            var getProbability = probabilities(row);
            float label = 0, score = 0, probability = 0;
            return () =>
            {
                getLabel(ref label);
                getScore(ref score);
                if (!float.IsFinite(score) || float.IsNaN(label))
                    return;
                getProbability(ref probability);
                counts.Add(score, probability, label > 0);
                ranked.Add((score, label > 0));
            };
        });
        double roc = RankingCurves.AreaUnderRoc([.. Scores(positive: true)], [.. Scores(positive: false)]);
        return result(counts, roc, RankingCurves.AreaUnderPrecisionRecall(ranked));

        IEnumerable<float> Scores(bool positive) => ranked.Where(r => r.Positive == positive).Select(r => r.Score);
    }

    private static void CheckTypes(EvaluationData columns)
    {
        columns.Check(EvaluationData.Score, "Single", type => type == NumberDataViewType.Single);
        columns.Check(EvaluationData.Label, "Single, Double, Boolean, or a Key with cardinality 2", type =>
            type == NumberDataViewType.Single || type == NumberDataViewType.Double || type is BooleanDataViewType
                || type.GetKeyCount() == 2);
    }

    // As in ML.NET, a label that is a key gives its names in the keys' order, though the positives, the second key, come first.
    private static ReadOnlyMemory<char>[] ClassNames(EvaluationData columns)
    {
        var label = columns[EvaluationData.Label];
        if (!label.HasKeyValues(TextDataViewType.Instance))
            return ["positive".AsMemory(), "negative".AsMemory()];
        VBuffer<ReadOnlyMemory<char>> names = default;
        label.GetKeyValues(ref names);
        return [.. names.DenseValues()];
    }
}
