using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>
/// Dropout that draws from its run's own generator, so that a fit neither reads nor moves the process-wide random state:
/// y = x ∘ m / (1 − p) with m ~ Bernoulli(1 − p) in training, y = x otherwise.
/// </summary>
internal sealed class SeededDropout(double probability, Generator? random) : Module<Tensor, Tensor>(nameof(SeededDropout)), IOnnxLayer
{
    public override Tensor forward(Tensor input)
    {
        if (!training)
        {
            return input.alias();
        }

        using var mask = empty_like(input, requires_grad: false);
        mask.bernoulli_(1 - probability, random!).div_(1 - probability);
        return input * mask;
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input) => input;
}
