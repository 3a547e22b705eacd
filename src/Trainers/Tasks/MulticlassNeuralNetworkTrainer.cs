using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static Microsoft.ML.SchemaShape.Column;

namespace MLNet.GradStability;

/// <summary>
/// Trains a network to tell classes apart, by cross-entropy or another <see cref="ClassificationLoss"/>. The label is a key (see MapValueToKey). Output: <c>Score</c>, a vector of one probability
/// a class with the class names as slot names, and <c>PredictedLabel</c>, a key with the label's values.
/// </summary>
public sealed class MulticlassNeuralNetworkTrainer : NeuralNetworkTrainer
{
    internal MulticlassNeuralNetworkTrainer(IHostEnvironment environment, NeuralNetworkOptions options)
        : base(environment, options)
    {
    }

    private protected override LabelRule Label => LabelRule.Key;

    private protected override LearningTask CreateTask(DataViewSchema.Column label, LabelStatistics statistics)
    {
        var key = (KeyDataViewType)label.Type;
        var values = KeyValues.Of(label);
        if (statistics.Min() == statistics.Max())
        {
            throw ColumnErrors.OneClass(label.Name, values?.TextOf((int)statistics.Min() - 1) ?? FormattableString.Invariant($"key {statistics.Min()}"), statistics.Rows);
        }

        var classes = (int)key.Count;
        double[] rows = [.. Enumerable.Range(1, classes).Select(number => statistics.WeightOf(number))];
        var weights = Options.ClassWeights?.For(KeyValues.NamesOf(values, classes, first: 1), rows);
        return new MulticlassTask(classes, values, TargetSmoothing.Of(Options, rows), Options.ClassificationLoss, weights is { } found ? [.. found] : null);
    }

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column label)
    {
        var score = new List<SchemaShape.Column>();
        var predicted = new List<SchemaShape.Column>();
        if (label.Annotations.Where(annotation => annotation is { Name: ScoreAnnotations.KeyValues, Kind: VectorKind.Vector }).ToArray() is [var values])
        {
            predicted.Add(values);
            score.Add(ShapeColumns.Annotation(ScoreAnnotations.TrainingLabelValues, VectorKind.Vector, values.ItemType));
            if (values.ItemType is TextDataViewType)
            {
                score.Add(ShapeColumns.Annotation(ScoreAnnotations.SlotNames, VectorKind.Vector, values.ItemType));
            }
        }

        yield return ShapeColumns.Score(VectorKind.Vector, [.. score]);
        yield return ShapeColumns.PredictedLabel(NumberDataViewType.UInt32, isKey: true, [.. predicted]);
    }
}
