using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>
/// Normalises each channel over the batch: input and output <c>[rows, channels, …]</c>. In training the running statistics follow the batch's:
/// r ← r + momentum·(batch − r), with the unbiased variance, as in PyTorch; but a channel whose batch statistics are not finite keeps its old ones, and a
/// batch with a single number a channel is normalised by them.
/// </summary>
internal sealed class BatchNormalizationLayer : Module<Tensor, Tensor>, IOnnxLayer
{
    private readonly double _momentum;
    private readonly double _epsilon;

    [ComponentName(Name = "weight")]
    private readonly Parameter _scale;

    [ComponentName(Name = "bias")]
    private readonly Parameter _shift;

    [ComponentName(Name = "running_mean")]
    private readonly Tensor _mean;

    [ComponentName(Name = "running_var")]
    private readonly Tensor _variance;

    public BatchNormalizationLayer(long channels, double momentum, double epsilon)
        : base(nameof(BatchNormalizationLayer))
    {
        _momentum = momentum;
        _epsilon = epsilon;
        _scale = LearnedTensor.From(ones(channels));
        _shift = LearnedTensor.From(zeros(channels));
        _mean = zeros(channels);
        _variance = ones(channels);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        if (!training || input.numel() < 2 * _scale.numel())
        {
            return functional.batch_norm(input, _mean, _variance, _scale, _shift, false, 0, _epsilon).MoveToOuterDisposeScope();
        }

        // With momentum 1 the kernel leaves the batch's own statistics in these.
        var mean = zeros_like(_mean);
        var variance = ones_like(_variance);
        var output = functional.batch_norm(input, mean, variance, _scale, _shift, true, 1, _epsilon);
        Follow(mean, variance);
        return output.MoveToOuterDisposeScope();
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Op(
        "BatchNormalization",
        [input, scope.Weight("weight", _scale), scope.Weight("bias", _shift), scope.Weight("running_mean", _mean), scope.Weight("running_var", _variance)],
        OnnxAttribute.Number("epsilon", _epsilon));

    private void Follow(Tensor mean, Tensor variance)
    {
        using var _ = no_grad();
        var finite = mean.isfinite().logical_and(variance.isfinite());
        _mean.add_(where(finite, mean - _mean, zeros_like(_mean)), _momentum);
        _variance.add_(where(finite, variance - _variance, zeros_like(_variance)), _momentum);
    }
}
