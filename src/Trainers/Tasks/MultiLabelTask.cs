using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// Multi-label classification: one output for each truth value of the label; the loss of a row is the mean over its outputs. Score is
/// the vector of log-odds, Probability their sigmoids.
/// </summary>
/// <param name="label">The label's dimensions and names.</param>
/// <param name="smoothing">s: the loss takes targets 0 and 1 as s/2 and 1 − s/2; scores are freed of it.</param>
/// <param name="loss">The loss; null for the logistic one.</param>
/// <param name="weights">What false and true of each value weigh; null when all weigh 1.</param>
internal sealed class MultiLabelTask(VectorLabel label, TargetSmoothing smoothing = default, ClassificationLoss? loss = null, (double False, double True)[]? weights = null) : LearningTask
{
    private const string Kind = "MultiLabelClassification";
    private readonly TruthLoss _loss = new(loss ?? ClassificationLoss.CrossEntropy(), smoothing.Share, weights);

    public VectorLabel Label => label;

    public override KeyValues? Names => label.Names;

    public override int OutputSize => label.Size;

    public override string MetricName => "accuracy";

    public override bool HigherMetricIsBetter => true;

    public override Tensor Targets(Tensor labels) => labels.reshape(-1, OutputSize).alias();

    public override Tensor Uninformed(Tensor targets) => _loss.LogOdds(targets.sum([0]), targets.shape[0]).unsqueeze(0).expand(targets.shape[0], OutputSize);

    /// <summary>The values told rightly, not the rows told rightly throughout.</summary>
    public override Tensor MetricSum(Tensor outputs, Tensor targets) => outputs.gt(0).eq(targets.gt(0.5)).sum();

    public override double Metric(double sum, long rows) => sum / rows / OutputSize;

    public override double SmoothingTakenOut => smoothing.TakenOut;

    public override Tensor Scores(Tensor outputs) => smoothing.LogOdds(outputs);

    public override IReadOnlyList<ScoreColumn> Columns(DataViewSchema input) =>
    [
        label.Column(input, Kind, "PredictedLabel", BooleanDataViewType.Instance, score => score > 0),
        label.Column(input, Kind, "Score", NumberDataViewType.Single, score => score),
        label.Column(input, Kind, "Probability", NumberDataViewType.Single, score => (float)(1 / (1 + Math.Exp(-score)))),
    ];

    public override string Name => Kind;

    public override void Export(OnnxScores scores)
    {
        var odds = smoothing.LogOdds(scores.Scope, scores.Outputs);
        scores.Truths("PredictedLabel", scores.Scope.Op("Greater", [odds, scores.Scope.Single(0)]), label.Dimensions);
        scores.Numbers("Score", odds, label.Dimensions);
        scores.Numbers("Probability", scores.Scope.Op("Sigmoid", [odds]), label.Dimensions);
    }

    protected override Tensor Loss(Tensor outputs, Tensor targets, nn.Reduction reduction)
    {
        var rows = _loss.Of(outputs, targets, nn.Reduction.None).mean([1]);
        return reduction == nn.Reduction.Mean ? rows.mean() : rows;
    }

    protected override Tensor? ClassWeightsOf(Tensor targets) => _loss.WeightsOf(targets)?.mean([1]);
}
