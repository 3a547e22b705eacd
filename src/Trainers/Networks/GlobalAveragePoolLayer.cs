using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Layer.GlobalAveragePool"/>.</summary>
[DescriptionKind("global-average-pool")]
internal sealed record GlobalAveragePoolLayer : Layer
{
    internal override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input, string owner)
    {
        RequireImage(input, owner, "Layer.GlobalAveragePool");
        return [input[0]];
    }

    internal override void AddTo(LayerStack stack, int place, IReadOnlyList<int> input, Generator? random) =>
        stack.Add($"pool{place}", new ChannelMean());
}
