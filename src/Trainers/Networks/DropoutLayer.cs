using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Layer.Dropout"/>.</summary>
[DescriptionKind("dropout")]
internal sealed record DropoutLayer : Layer
{
    [JsonConstructor]
    public DropoutLayer(double p) =>
        P = Require.That(p is > 0 and < 1, p, "Layer.Dropout", nameof(p), "be greater than 0 and below 1", "Usual shares are 0.1 to 0.5; to train without dropout, leave the layer out.");

    public double P { get; }

    internal override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input, string owner) => input;

    internal override void AddTo(LayerStack stack, int place, IReadOnlyList<int> input, Generator? random) =>
        stack.Add($"dropout{place}", new SeededDropout(P, random));
}
