using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static Microsoft.ML.SchemaShape.Column;

namespace MLNet.GradStability;

/// <summary>
/// Trains a network to predict a number, by a loss robust against bad labels (<see cref="NeuralNetworkOptions.RegressionLoss"/>). The label is Single; it
/// is centred and scaled inside, so that its scale does not matter. Output: <c>Score</c>, in units of the label.
/// <para>
/// Several numbers at once: the label is a vector of Single of known size. Each number is centred and scaled by itself, the loss of a row is the mean over
/// its numbers, and the metric of the training is the RMSE over all of them, √(Σe²/(rows·numbers)). <c>Score</c> is then a vector with the label's
/// dimensions and slot names. <c>ml.Regression.Evaluate</c> takes scalars only: measure with validation rows, see <see cref="TrainingResult"/>.
/// </para>
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
        if (VectorLabel.Of(label) is { } vector)
        {
            return CreateTask(vector, statistics);
        }

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

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column label) =>
        [label.Kind == VectorKind.Vector ? ShapeColumns.Vector("Score", NumberDataViewType.Single, label) : ShapeColumns.Score(VectorKind.Scalar)];

    private MultiOutputTask CreateTask(VectorLabel label, LabelStatistics statistics)
    {
        var places = Enumerable.Range(0, label.Size).ToArray();
        var typical = Array.ConvertAll(places, statistics.Typical);
        var losses = Array.ConvertAll(places, place => Options.RegressionLoss.For(statistics, place));
        var heavy = Options.RegressionLoss is AdaptiveLoss ? Array.FindAll(places, place => losses[place] is HuberErrorLoss) : [];
        return new MultiOutputTask(label, Array.ConvertAll(typical, number => number.Center), Array.ConvertAll(typical, number => number.Scale), losses)
        {
            Remark = heavy is [var first, ..]
                ? string.Create(CultureInfo.InvariantCulture, $"Numbers of the label are heavy-tailed: {label.Describe(heavy)}. Their loss is RegressionLoss.Huber({((HuberErrorLoss)losses[first]).Delta}).")
                : null,
        };
    }
}
