using System.Text.Json.Serialization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Layer.Dense"/>.</summary>
[DescriptionKind("dense")]
internal sealed record DenseLayer : Layer
{
    private const string Owner = "Layer.Dense";
    private const int WidestLayer = 65_536;

    [JsonConstructor]
    public DenseLayer(int width) =>
        Width = Require.That(width is >= 1 and <= WidestLayer, width, Owner, nameof(width), $"be from 1 to {WidestLayer}", "Usual widths are 16 to 1024.");

    public int Width { get; }

    internal override bool IsWeighted => true;

    internal override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input, string owner)
    {
        RequireVector(input, owner, Owner);
        return [Width];
    }

    internal override void AddTo(LayerStack stack, int place, IReadOnlyList<int> input, Generator? random) =>
        stack.Add($"dense{place}", Linear(input[0], Width));

    internal override double WeightCount(IReadOnlyList<int> input) => (double)input[0] * Width;
}
