using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static Microsoft.ML.SchemaShape.Column;

namespace MLNet.GradStability;

/// <summary>
/// Trains a network to tell true from false, by logistic loss or another <see cref="ClassificationLoss"/>. The label is Boolean. Output: <c>Score</c>, the log-odds; <c>Probability</c>, their
/// sigmoid; <c>PredictedLabel</c>, whether the score is above 0.
/// <para>
/// Several truth values at once, multi-label: the label is a vector of known size, of Boolean or of Single that holds 0 and 1. The loss of a row is the mean
/// over its values, and the accuracy of the training counts values. The output columns are then vectors with the label's dimensions and slot names.
/// <c>ml.BinaryClassification.Evaluate</c> takes scalars only: measure with validation rows, see <see cref="TrainingResult"/>.
/// </para>
/// </summary>
public sealed class BinaryNeuralNetworkTrainer : NeuralNetworkTrainer
{
    internal BinaryNeuralNetworkTrainer(IHostEnvironment environment, NeuralNetworkOptions options)
        : base(environment, options)
    {
    }

    private protected override LabelRule Label => LabelRule.Boolean;

    private protected override LearningTask CreateTask(DataViewSchema.Column label, LabelStatistics statistics)
    {
        var single = Enumerable.Range(0, statistics.Size).Where(place => statistics.Min(place) == statistics.Max(place)).ToArray();
        if (single.Length == statistics.Size)
        {
            throw ColumnErrors.OneClass(label.Name, statistics.Min() == 0 ? "false" : "true", statistics.Rows);
        }

        var rows = Enumerable.Range(0, statistics.Size).Select(place => (statistics.WeightOf(0, place), statistics.WeightOf(1, place))).ToList();
        var smoothing = TargetSmoothing.Of(Options, rows.Select(pair => new[] { pair.Item1, pair.Item2 }));
        if (VectorLabel.Of(label) is not { } vector)
        {
            var weights = Options.ClassWeights?.For(["false", "true"], [rows[0].Item1, rows[0].Item2]);
            return new BinaryTask(smoothing, Options.ClassificationLoss, weights is [var ifFalse, var ifTrue] ? (ifFalse, ifTrue) : null);
        }

        return new MultiLabelTask(
            vector, smoothing, Options.ClassificationLoss, Options.ClassWeights?.ForSlots(KeyValues.NamesOf(vector.Names, vector.Size, first: 0), rows))
        {
            Remark = single is [] ? null : $"Values of the label are the same in all rows: {vector.Describe(single)}. The network learns them as constants.",
        };
    }

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column label) => label.Kind == VectorKind.Vector
        ?
        [
            ShapeColumns.Vector("Score", NumberDataViewType.Single, label),
            ShapeColumns.Vector("Probability", NumberDataViewType.Single, label),
            ShapeColumns.Vector("PredictedLabel", BooleanDataViewType.Instance, label),
        ]
        : [ShapeColumns.Score(VectorKind.Scalar), ShapeColumns.Probability(), ShapeColumns.PredictedLabel(BooleanDataViewType.Instance, isKey: false)];
}
