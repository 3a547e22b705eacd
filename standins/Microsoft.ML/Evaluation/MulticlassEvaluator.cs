namespace Microsoft.ML.Data;

/// <summary>Evaluates scored multiclass data in one pass.</summary>
internal static class MulticlassEvaluator
{
    public static MulticlassClassificationMetrics Evaluate(IDataView data, string label, string score, string predictedLabel,
        int topKPredictionCount)
    {
        var columns = new EvaluationData(data, (EvaluationData.Label, label), (EvaluationData.Score, score),
            (EvaluationData.PredictedLabel, predictedLabel));
        columns.Check(EvaluationData.Score, "vector of two or more items of type Single", type =>
            type is VectorDataViewType { Size: >= 2 } vector && vector.ItemType == NumberDataViewType.Single);
        columns.Check(EvaluationData.Label, "Single or Key", type => type == NumberDataViewType.Single || type.GetKeyCount() > 0);

        var scoreColumn = columns[EvaluationData.Score];
        int classes = scoreColumn.Type.GetValueCount();
        var counts = new MulticlassCounts(classes, topKPredictionCount > 0 ? topKPredictionCount : null);
        columns.ForEach(row =>
        {
            var getLabel = columns.LabelGetter(row);
            var getScores = row.GetGetter<VBuffer<float>>(scoreColumn);
            VBuffer<float> buffer = default;
            float[] scores = new float[classes];
            float label = 0;
            return () =>
            {
                getLabel(ref label);
                if (float.IsNaN(label) || label < 0 || label != (int)label)
                    return;
                getScores(ref buffer);
                buffer.CopyTo(scores);
                if (scores.All(float.IsFinite))
                    counts.Add(scores, (int)label);
            };
        });
        return new(counts, topKPredictionCount, ClassNames(scoreColumn));
    }

    private static ReadOnlyMemory<char>[] ClassNames(DataViewSchema.Column score)
    {
        var names = score.SlotNamesOrNull() ?? Enumerable.Range(0, score.Type.GetValueCount()).Select(i => i.ToString());
        return [.. names.Select(name => name.AsMemory())];
    }
}
