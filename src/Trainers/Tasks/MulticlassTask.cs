using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNet.GradStability;

/// <summary>Multiclass classification over K outputs; Score is the vector of probabilities.</summary>
/// <param name="classes">K.</param>
/// <param name="labels">The label's original values.</param>
/// <param name="smoothing">The share of each target that is spread over all classes in the loss, and taken out of the scores.</param>
/// <param name="loss">The loss; null for the cross-entropy.</param>
/// <param name="weights">What each class weighs; null when all weigh 1.</param>
internal sealed class MulticlassTask(int classes, KeyValues? labels, TargetSmoothing smoothing = default, ClassificationLoss? loss = null, double[]? weights = null) : LearningTask
{
    private readonly ClassificationLoss _loss = loss ?? ClassificationLoss.CrossEntropy();

    public const string Kind = "MulticlassClassification";

    public int Classes { get; } = classes;

    /// <summary>The label's original values, by which MapKeyToValue names the prediction; null when the key column had none.</summary>
    public KeyValues? Labels { get; } = labels;

    public override KeyValues? Names => Labels;

    public override int OutputSize => Classes;

    public override string MetricName => "accuracy";

    public override bool HigherMetricIsBetter => true;

    // A key counts from 1, a class from 0.
    public override Tensor Targets(Tensor labels) => labels.to(ScalarType.Int64).sub_(1);

    // Each class counts once more than it is there: none is impossible.
    public override Tensor Uninformed(Tensor targets)
    {
        var rows = targets.bincount(null, Classes).add(1).to(ScalarType.Float32);
        return (Weights(rows) is { } all ? rows * all : rows).log().unsqueeze(0).expand(targets.shape[0], Classes);
    }

    public override Tensor MetricSum(Tensor outputs, Tensor targets) => outputs.argmax(1).eq(targets).sum();

    public override double Metric(double sum, long rows) => sum / rows;

    public override double SmoothingTakenOut => smoothing.TakenOut;

    public override Tensor Scores(Tensor outputs) => smoothing.Probabilities(outputs);

    public override IReadOnlyList<ScoreColumn> Columns(DataViewSchema input)
    {
        var predicted = ScoreAnnotations.Start(input, Kind, "PredictedLabel");
        var score = ScoreAnnotations.Start(input, Kind, "Score");
        if (Labels is not null)
        {
            Labels.AddTo(predicted, ScoreAnnotations.KeyValues);
            Labels.AddTo(score, ScoreAnnotations.TrainingLabelValues);
            Labels.AddTextTo(score, ScoreAnnotations.SlotNames);
        }

        return
        [
            new(new("PredictedLabel", new KeyDataViewType(typeof(uint), Classes), predicted.ToAnnotations()), Predicted),
            new(new("Score", new VectorDataViewType(NumberDataViewType.Single, Classes), score.ToAnnotations()), Score),
        ];
    }

    public override string Name => Kind;

    public override void Export(OnnxScores scores)
    {
        var scope = scores.Scope;
        var shares = smoothing.Probabilities(scope, scores.Outputs, Classes);
        var best = scope.Op("ArgMax", [shares], OnnxAttribute.Integer("axis", 1), OnnxAttribute.Integer("keepdims", 1));
        scores.Keys("PredictedLabel", scope.Op("Add", [best, scope.Integer(1)]));
        scores.Numbers("Score", shares, Classes);
    }

    protected override Tensor Loss(Tensor outputs, Tensor targets, nn.Reduction reduction)
    {
        if (_loss is CrossEntropyLoss && (smoothing.Share == 0 || weights is null))
        {
            var plain = F.cross_entropy(outputs, targets, Weights(outputs), -100, reduction);
            return smoothing.Share > 0 ? plain + Smoothed(outputs, targets, reduction) : plain;
        }

        var logs = outputs.log_softmax(1);
        var rows = smoothing.Share > 0 ? Spread(logs, targets) : _loss.Of(logs.gather(1, targets.unsqueeze(1)).squeeze(1));
        rows = smoothing.Share == 0 && ClassWeightsOf(targets) is { } ofClass ? rows * ofClass.to(rows.dtype) : rows;
        return reduction == nn.Reduction.Mean ? rows.mean() : rows;
    }

    protected override Tensor? ClassWeightsOf(Tensor targets) => weights is null ? null : targets.Numbers(weights, ScalarType.Float64).index_select(0, targets);

    private Tensor? Weights(Tensor like) => weights is null ? null : like.Numbers(weights);

    /// <summary>What smoothing adds to −log p, s·(z of the class − mean z): the same as its sum over the classes, with nothing that a GPU must wait for.</summary>
    private Tensor Smoothed(Tensor outputs, Tensor targets, nn.Reduction reduction)
    {
        var lead = outputs.gather(1, targets.unsqueeze(1)).squeeze(1) - outputs.mean([1]);
        return (reduction == nn.Reduction.Mean ? lead.mean() : lead) * smoothing.Share;
    }

    private Tensor Spread(Tensor logs, Tensor targets)
    {
        var shares = F.one_hot(targets, Classes).to(logs.dtype).mul_(1 - smoothing.Share).add_(smoothing.Share / Classes);
        var losses = _loss.Of(logs) * shares;
        return (Weights(logs) is { } all ? losses * all : losses).sum(1);
    }

    private static ValueGetter<uint> Predicted(CurrentScores current) => (ref uint value) =>
    {
        var scores = current();
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        // Key 0 is ML.NET's missing value: a row whose scores are not numbers has no prediction.
        value = float.IsNaN(scores[best]) ? 0 : (uint)best + 1;
    };

    private ValueGetter<VBuffer<float>> Score(CurrentScores current) => (ref VBuffer<float> value) =>
    {
        var editor = VBufferEditor.Create(ref value, Classes);
        current().CopyTo(editor.Values);
        value = editor.Commit();
    };
}
