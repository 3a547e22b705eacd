using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using static Microsoft.ML.SchemaShape.Column;

namespace MLNet.GradStability;

/// <summary>
/// Trains a network to predict a number, by a loss robust against bad labels (<see cref="NeuralNetworkOptions.RegressionLoss"/>). The label is Single; it
/// is centred and scaled inside, so that its scale does not matter. Output:
/// <c>Score</c>, in units of the label.
/// </summary>
public sealed class RegressionNeuralNetworkTrainer : NeuralNetworkTrainer
{
    internal RegressionNeuralNetworkTrainer(IHostEnvironment environment, NeuralNetworkOptions options)
        : base(environment, options)
    {
    }

    private protected override LabelRule Label => LabelRule.Single;

    private protected override LearningTask CreateTask(DataViewSchema.Column label, LabelStatistics statistics)
    {
        var (center, scale) = statistics.Typical();
        var loss = Options.RegressionLoss.For(statistics);
        return new RegressionTask(center, scale, loss)
        {
            Remark = Options.RegressionLoss is AdaptiveLoss && loss is HuberErrorLoss { Delta: var delta }
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"The labels are heavy-tailed: their deviation is {statistics.TailRatio():G3} times that of normal labels with the same middle 80 %. The loss is RegressionLoss.Huber({delta}).")
                : null,
        };
    }

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column label) => [ShapeColumns.Score(VectorKind.Scalar)];
}
