using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// Regression: one output. The network learns (label − centre)/scale, which gives every label the same scale and clipping the same meaning;
/// scoring undoes it.
/// </summary>
/// <param name="center">What is subtracted from labels.</param>
/// <param name="scale">What they are then divided by; greater than 0.</param>
/// <param name="loss">The loss, in units of the scale.</param>
internal sealed class RegressionTask(double center, double scale, RegressionLoss loss) : LearningTask
{
    public const string Kind = "Regression";

    public double Center { get; } = center;

    public double Scale { get; } = scale;

    public override int OutputSize => 1;

    public override string MetricName => "RMSE";

    public override bool HigherMetricIsBetter => false;

    public override Tensor Targets(Tensor labels) => labels.to(ScalarType.Float64).sub_(Center).div_(Scale).to(ScalarType.Float32);

    public override Tensor Uninformed(Tensor targets) =>
        targets.sort(0).Values.narrow(0, (long)((targets.shape[0] - 1) * loss.Level), 1).expand(targets.shape[0], 1);

    public override Tensor MetricSum(Tensor outputs, Tensor targets) => (outputs.squeeze(1) - targets).square().sum();

    public override double Metric(double sum, long rows) => Math.Sqrt(sum / rows) * Scale;

    public override Tensor Scores(Tensor outputs) => (outputs * Scale).add_(Center);

    public override IReadOnlyList<ScoreColumn> Columns(DataViewSchema input) =>
        [new(new("Score", NumberDataViewType.Single, ScoreAnnotations.Start(input, Kind, "Score").ToAnnotations()), Score)];

    public override string Name => Kind;

    public override void Export(OnnxScores scores)
    {
        var scope = scores.Scope;
        scores.Numbers("Score", scope.Op("Add", [scope.Op("Mul", [scores.Outputs, scope.Single(Scale)]), scope.Single(Center)]), 1);
    }

    protected override Tensor Loss(Tensor outputs, Tensor targets, nn.Reduction reduction)
    {
        var rows = loss.PerRow(outputs.squeeze(1), targets);
        return reduction == nn.Reduction.Mean ? rows.mean() : rows;
    }

    private static ValueGetter<float> Score(CurrentScores current) => (ref float value) => value = current()[0];
}
