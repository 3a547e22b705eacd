using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Layer.Flatten"/>.</summary>
[DescriptionKind("flatten")]
internal sealed record FlattenLayer : Layer
{
    internal override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input, string owner)
    {
        RequireImage(input, owner, "Layer.Flatten");
        return [input[0] * input[1] * input[2]];
    }

    internal override void AddTo(LayerStack stack, int place, IReadOnlyList<int> input, Generator? random) =>
        stack.Add($"flatten{place}", TorchModules.Flatten());
}
