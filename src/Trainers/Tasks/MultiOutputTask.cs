using Microsoft.ML;
using Microsoft.ML.Data;
using static MLNet.GradStability.OnnxFormat.TensorProto.Types;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// Regression with several outputs, one for each number of the label. Each learns (label − centre)/scale with a centre and a scale of its own; the loss
/// of a row is the mean over its outputs.
/// </summary>
/// <param name="label">The label's dimensions and names.</param>
/// <param name="centers">What is subtracted from labels.</param>
/// <param name="scales">What they are then divided by; greater than 0.</param>
/// <param name="losses">The losses, in units of the scales.</param>
internal sealed class MultiOutputTask(VectorLabel label, double[] centers, double[] scales, RegressionLoss[] losses) : LearningTask
{
    private const string Kind = "MultiOutputRegression";
    private readonly bool _alike = Array.TrueForAll(losses, loss => loss == losses[0]);

    public VectorLabel Label => label;

    public IReadOnlyList<double> Centers => centers;

    public IReadOnlyList<double> Scales => scales;

    public override KeyValues? Names => label.Names;

    public override int OutputSize => label.Size;

    public override string MetricName => "RMSE";

    public override bool HigherMetricIsBetter => false;

    public override Tensor Targets(Tensor labels) =>
        labels.to(ScalarType.Float64).sub_(tensor(centers)).div_(tensor(scales)).to(ScalarType.Float32).reshape(-1, OutputSize);

    public override Tensor Uninformed(Tensor targets) =>
        targets.sort(0).Values.narrow(0, (long)((targets.shape[0] - 1) * losses[0].Level), 1).expand(targets.shape[0], OutputSize);

    public override Tensor MetricSum(Tensor outputs, Tensor targets) => (outputs - targets).to(ScalarType.Float64).mul_(outputs.Numbers(scales, ScalarType.Float64)).square().sum();

    public override double Metric(double sum, long rows) => Math.Sqrt(sum / rows / OutputSize);

    public override Tensor Scores(Tensor outputs) => outputs.to(ScalarType.Float64).mul_(tensor(scales)).add_(tensor(centers)).to(ScalarType.Float32);

    public override IReadOnlyList<ScoreColumn> Columns(DataViewSchema input) => [label.Column(input, Kind, "Score", NumberDataViewType.Single, score => score)];

    public override string Name => Kind;

    public override void Export(OnnxScores scores)
    {
        var scope = scores.Scope;
        var scaled = scope.Op("Mul", [scope.Cast(scores.Outputs, DataType.Double), scope.Doubles(scales)]);
        scores.Numbers("Score", scope.Cast(scope.Op("Add", [scaled, scope.Doubles(centers)]), DataType.Float), label.Dimensions);
    }

    protected override Tensor Loss(Tensor outputs, Tensor targets, nn.Reduction reduction)
    {
        var rows = PerOutput(outputs, targets).mean([1]);
        return reduction == nn.Reduction.Mean ? rows.mean() : rows;
    }

    // A loss takes a list of numbers: those of all outputs in one go where they share it.
    private Tensor PerOutput(Tensor outputs, Tensor targets) => _alike
        ? losses[0].PerRow(outputs.reshape(-1), targets.reshape(-1)).reshape(-1, OutputSize)
        : stack([.. losses.Select((loss, i) => loss.PerRow(outputs.select(1, i), targets.select(1, i)))], 1);
}
