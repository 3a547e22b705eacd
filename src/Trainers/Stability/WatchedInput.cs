using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The input of a network under a <see cref="NetworkProbe"/>: how large the numbers among its features are.</summary>
internal sealed class WatchedInput : IDisposable
{
    /// <summary>√E[x²] of the largest feature and of the typical one: <c>[2]</c>; null when there was no input of rows of Float32.</summary>
    public Tensor? Sizes { get; private set; }

    /// <summary>Measures the first input from now on; call the result to stop.</summary>
    public Action Listen(nn.Module<Tensor, Tensor> network)
    {
        var numbers = network.modules().OfType<IInputEncoder>().FirstOrDefault()?.Numbers;
        var hook = network.register_forward_pre_hook((_, input) =>
        {
            Measure(input, numbers);
            return input;
        });
        return hook.remove;
    }

    public void Dispose() => Sizes?.Dispose();

    private void Measure(Tensor input, int? numbers)
    {
        if (Sizes is null && input.dim() > 1 && input.dtype == ScalarType.Float32 && numbers != 0)
        {
            using var _ = no_grad();
            using var scope = NewDisposeScope();
            var sizes = input.flatten(1).narrow(1, 0, numbers ?? input.flatten(1).shape[1]).norm(0).div_(Math.Sqrt(input.shape[0]));
            Sizes = stack([sizes.max(), sizes.median()]).DetachFromDisposeScope();
        }
    }
}
