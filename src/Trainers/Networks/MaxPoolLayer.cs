using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Layer.MaxPool"/>.</summary>
[DescriptionKind("max-pool")]
internal sealed record MaxPoolLayer : Layer
{
    private const string Owner = "Layer.MaxPool";

    [JsonConstructor]
    public MaxPoolLayer(int size, int? stride)
    {
        Size = Require.AtLeastOne(size, Owner, nameof(size), "The usual side is 2.");
        Stride = stride is { } step ? Require.AtLeastOne(step, Owner, nameof(stride), "Leave it out for windows that do not overlap.") : null;
    }

    public int Size { get; }

    public int? Stride { get; }

    internal override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input, string owner)
    {
        RequireImage(input, owner, Owner);
        return Windows(input, input[0], Size, Stride ?? Size, 0, owner);
    }

    internal override void AddTo(LayerStack stack, int place, IReadOnlyList<int> input, Generator? random) =>
        stack.Add($"pool{place}", TorchModules.MaxPool(Size, Stride ?? Size));
}
