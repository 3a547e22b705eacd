namespace Microsoft.ML.Data;

/// <summary>Evaluates scored regression data in one pass.</summary>
internal static class RegressionEvaluator
{
    public static RegressionMetrics Evaluate(IDataView data, string label, string score)
    {
        var columns = new EvaluationData(data, (EvaluationData.Label, label), (EvaluationData.Score, score));
        columns.Check(EvaluationData.Score, "Single", type => type == NumberDataViewType.Single);
        columns.Check(EvaluationData.Label, "Single", type => type == NumberDataViewType.Single);
        var sums = new RegressionSums();
        columns.ForEach(row =>
        {
            var getLabel = columns.LabelGetter(row);
            var getScore = row.GetGetter<float>(columns[EvaluationData.Score]);
            float label = 0, score = 0;
            return () =>
            {
                getLabel(ref label);
                getScore(ref score);
                if (!float.IsNaN(label) && !float.IsNaN(score))
                    sums.Add(score, label);
            };
        });
        return new(sums);
    }
}
