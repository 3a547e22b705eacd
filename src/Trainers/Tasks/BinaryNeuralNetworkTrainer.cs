using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static Microsoft.ML.SchemaShape.Column;

namespace MLNet.GradStability;

/// <summary>
/// Trains a network to tell true from false, by logistic loss. The label is Boolean. Output: <c>Score</c>, the log-odds; <c>Probability</c>, their
/// sigmoid; <c>PredictedLabel</c>, whether the score is above 0.
/// </summary>
public sealed class BinaryNeuralNetworkTrainer : NeuralNetworkTrainer
{
    internal BinaryNeuralNetworkTrainer(IHostEnvironment environment, NeuralNetworkOptions options)
        : base(environment, options)
    {
    }

    private protected override LabelRule Label => LabelRule.Boolean;

    private protected override LearningTask CreateTask(DataViewSchema.Column label, LabelStatistics statistics) => statistics.Min == statistics.Max
        ? throw ColumnErrors.OneClass(label.Name, statistics.Min == 0 ? "false" : "true", statistics.Rows)
        : new BinaryTask(Options.LabelSmoothing);

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column label) =>
        [ShapeColumns.Score(VectorKind.Scalar), ShapeColumns.Probability(), ShapeColumns.PredictedLabel(BooleanDataViewType.Instance, isKey: false)];
}
