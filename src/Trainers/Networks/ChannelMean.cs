using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>The mean of each channel: <c>[rows, channels, height, width]</c> becomes <c>[rows, channels]</c>.</summary>
internal sealed class ChannelMean() : Module<Tensor, Tensor>(nameof(ChannelMean)), IOnnxLayer
{
    private static readonly long[] Places = [2, 3];

    public override Tensor forward(Tensor input) => input.mean(Places);

    public OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Mean(input, Places);
}
