using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNet.GradStability;

/// <summary>
/// Regression: squared error on one output. The network learns (label − mean)/deviation, which gives every label the same scale and clipping
/// the same meaning; scoring undoes it.
/// </summary>
/// <param name="mean">Mean label of the training rows.</param>
/// <param name="deviation">Their standard deviation; 1 when all labels are equal.</param>
internal sealed class RegressionTask(double mean, double deviation) : LearningTask
{
    public const string Kind = "Regression";

    public double Mean { get; } = mean;

    public double Deviation { get; } = deviation;

    public override int OutputSize => 1;

    public override string MetricName => "RMSE";

    public override bool HigherMetricIsBetter => false;

    public override Tensor Targets(Tensor labels) => labels.to(ScalarType.Float64).sub_(Mean).div_(Deviation).to(ScalarType.Float32);

    public override Tensor Uninformed(Tensor targets) => targets.mean().expand(targets.shape[0], 1);

    public override Tensor MetricSum(Tensor outputs, Tensor targets) => (outputs.squeeze(1) - targets).square().sum();

    public override double Metric(double sum, long rows) => Math.Sqrt(sum / rows) * Deviation;

    public override Tensor Scores(Tensor outputs) => (outputs * Deviation).add_(Mean);

    public override IReadOnlyList<ScoreColumn> Columns(DataViewSchema input) =>
        [new(new("Score", NumberDataViewType.Single, ScoreAnnotations.Start(input, Kind, "Score").ToAnnotations()), Score)];

    protected override Tensor Loss(Tensor outputs, Tensor targets, nn.Reduction reduction) => F.mse_loss(outputs.squeeze(1), targets, reduction);

    private static ValueGetter<float> Score(CurrentScores current) => (ref float value) => value = current()[0];
}
