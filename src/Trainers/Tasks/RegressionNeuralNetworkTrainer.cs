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
        return new RegressionTask(center, scale, Options.RegressionLoss.For(statistics));
    }

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column label) => [ShapeColumns.Score(VectorKind.Scalar)];
}
