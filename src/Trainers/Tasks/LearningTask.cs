using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// What differs between multiclass, binary, multi-label and regression: target, loss and metric in training, and the meaning of the network's outputs
/// in scoring.
/// </summary>
internal abstract class LearningTask
{
    /// <summary>Outputs of the network for a row.</summary>
    public abstract int OutputSize { get; }

    /// <summary>The values of classes, or the slot names of a vector label; null when there are none.</summary>
    public virtual KeyValues? Names => null;

    /// <summary>What the labels led to, for the log; null when there is nothing to tell.</summary>
    public string? Remark { get; init; }

    /// <summary>Name of the metric shown in training.</summary>
    public abstract string MetricName { get; }

    /// <summary>Whether a higher metric is better.</summary>
    public abstract bool HigherMetricIsBetter { get; }

    /// <summary>Turns label values as read from the data into training targets.</summary>
    /// <param name="labels"><c>[rows]</c>, or <c>[rows, outputs]</c> where a label is a vector of more than one; Float32.</param>
    public abstract Tensor Targets(Tensor labels);

    /// <summary>The mean loss over the rows, weighted by class and, when <paramref name="weights"/> are given, by row: Σwl/Σw.</summary>
    public Tensor Loss(Tensor outputs, Tensor targets, Tensor? weights)
    {
        if (Weights(targets, weights) is not { } all)
        {
            return Loss(outputs, targets, nn.Reduction.Mean);
        }

        var losses = Loss(outputs, targets, nn.Reduction.None);
        return (weights is null ? losses : losses * weights).sum() / all.sum().to(losses.dtype).clamp_min(float.Epsilon);
    }

    /// <summary>What the rows weigh, by class and by row, <c>[rows]</c>; null when all weigh 1.</summary>
    public Tensor? Weights(Tensor targets, Tensor? weights) => ClassWeightsOf(targets) is not { } ofClass ? weights : weights is null ? ofClass : ofClass.to(weights.dtype) * weights;

    /// <summary>The loss of each row, <c>[rows]</c>, as if all weighed 1.</summary>
    public Tensor RowLosses(Tensor outputs, Tensor targets)
    {
        var losses = Loss(outputs, targets, nn.Reduction.None);
        return ClassWeightsOf(targets) is { } weights ? losses / weights : losses;
    }

    /// <summary>The outputs of a network that knows nothing of the rows but what targets are usual, <c>[rows, outputs]</c>.</summary>
    public abstract Tensor Uninformed(Tensor targets);

    /// <summary>The metric's sum over the rows: correct predictions, or squared errors.</summary>
    public abstract Tensor MetricSum(Tensor outputs, Tensor targets);

    /// <summary>The metric from its sum over <paramref name="rows"/> rows.</summary>
    public abstract double Metric(double sum, long rows);

    /// <summary>The share of label smoothing that <see cref="Scores"/> takes out again; 0 for none.</summary>
    public virtual double SmoothingTakenOut => 0;

    /// <summary>Turns network outputs into the numbers that the score columns are made of, of the same shape.</summary>
    public abstract Tensor Scores(Tensor outputs);

    /// <summary>The columns that scoring adds.</summary>
    /// <param name="input">The schema scored.</param>
    public abstract IReadOnlyList<ScoreColumn> Columns(DataViewSchema input);

    /// <summary>ML.NET's name of the task.</summary>
    public abstract string Name { get; }

    /// <summary>Writes the columns into an ONNX graph.</summary>
    public abstract void Export(OnnxScores scores);

    /// <summary>The losses of the rows, each times the weight of its class, or their mean where no class has a weight.</summary>
    protected abstract Tensor Loss(Tensor outputs, Tensor targets, nn.Reduction reduction);

    /// <summary>What the class of each row weighs, <c>[rows]</c>; null when all weigh 1.</summary>
    protected virtual Tensor? ClassWeightsOf(Tensor targets) => null;
}
