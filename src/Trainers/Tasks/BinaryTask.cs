using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Binary classification: one output; Score is the log-odds, Probability its sigmoid.</summary>
/// <param name="smoothing">s: the loss takes targets 0 and 1 as s/2 and 1 − s/2; scores are freed of it.</param>
/// <param name="loss">The loss; null for the logistic one.</param>
/// <param name="weights">What false and true weigh; null when both weigh 1.</param>
internal sealed class BinaryTask(TargetSmoothing smoothing = default, ClassificationLoss? loss = null, (double False, double True)? weights = null) : LearningTask
{
    private readonly TruthLoss _loss = new(loss ?? ClassificationLoss.CrossEntropy(), smoothing.Share, weights is { } pair ? [pair] : null);

    public const string Kind = "BinaryClassification";

    public override int OutputSize => 1;

    public override string MetricName => "accuracy";

    public override bool HigherMetricIsBetter => true;

    public override Tensor Targets(Tensor labels) => labels.alias();

    public override Tensor Uninformed(Tensor targets) => _loss.LogOdds(targets.sum(), targets.numel()).expand(targets.shape[0], 1);

    public override Tensor MetricSum(Tensor outputs, Tensor targets) => outputs.squeeze(1).gt(0).eq(targets.gt(0.5)).sum();

    public override double Metric(double sum, long rows) => sum / rows;

    public override double SmoothingTakenOut => smoothing.TakenOut;

    public override Tensor Scores(Tensor outputs) => smoothing.LogOdds(outputs);

    public override IReadOnlyList<ScoreColumn> Columns(DataViewSchema input)
    {
        var probability = ScoreAnnotations.Start(input, Kind, "Probability");
        probability.AddPrimitiveValue(ScoreAnnotations.IsNormalized, BooleanDataViewType.Instance, true);
        return
        [
            new(new("PredictedLabel", BooleanDataViewType.Instance, ScoreAnnotations.Start(input, Kind, "PredictedLabel").ToAnnotations()), Predicted),
            new(new("Score", NumberDataViewType.Single, ScoreAnnotations.Start(input, Kind, "Score").ToAnnotations()), Score),
            new(new("Probability", NumberDataViewType.Single, probability.ToAnnotations()), Probability),
        ];
    }

    public override string Name => Kind;

    public override void Export(OnnxScores scores)
    {
        var odds = smoothing.LogOdds(scores.Scope, scores.Outputs);
        scores.Truths("PredictedLabel", scores.Scope.Op("Greater", [odds, scores.Scope.Single(0)]), 1);
        scores.Numbers("Score", odds, 1);
        scores.Numbers("Probability", scores.Scope.Op("Sigmoid", [odds]), 1);
    }

    protected override Tensor Loss(Tensor outputs, Tensor targets, nn.Reduction reduction) => _loss.Of(outputs.squeeze(1), targets, reduction);

    protected override Tensor? ClassWeightsOf(Tensor targets) => _loss.WeightsOf(targets);

    private static ValueGetter<bool> Predicted(CurrentScores current) => (ref bool value) => value = current()[0] > 0;

    private static ValueGetter<float> Score(CurrentScores current) => (ref float value) => value = current()[0];

    private static ValueGetter<float> Probability(CurrentScores current) => (ref float value) => value = (float)(1 / (1 + Math.Exp(-current()[0])));
}
