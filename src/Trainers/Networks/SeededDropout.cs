using TorchSharp;
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

        using var mask = Mask(input).div_(1 - probability);
        return input * mask;
    }

    private Tensor Mask(Tensor input)
    {
        if (input.device_type == DeviceType.CPU)
        {
            return empty_like(input, requires_grad: false).bernoulli_(1 - probability, random!);
        }

        // The same numbers, a byte each on their way to the device.
        using var kept = empty_like(input, ScalarType.Bool, CPU, requires_grad: false).bernoulli_(1 - probability, random!).MovedTo(input.device);
        return kept.to(input.dtype);
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input) => input;
}
