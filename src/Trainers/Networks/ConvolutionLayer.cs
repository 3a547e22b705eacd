using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Layer.Conv"/>.</summary>
[DescriptionKind("conv")]
internal sealed record ConvolutionLayer : Layer
{
    private const string Owner = "Layer.Conv";
    private const int MostChannels = 65_536;

    [JsonConstructor]
    public ConvolutionLayer(int channels, int kernel, int stride, ConvolutionPadding padding)
    {
        Channels = Require.That(channels is >= 1 and <= MostChannels, channels, Owner, nameof(channels), $"be from 1 to {MostChannels}", "Usual numbers are 16 to 512.");
        Kernel = Require.AtLeastOne(kernel, Owner, nameof(kernel), "The usual side is 3.");
        Stride = Require.AtLeastOne(stride, Owner, nameof(stride), "Leave it at 1; 2 halves the image.");
        Padding = Require.That(Enum.IsDefined(padding), padding, Owner, nameof(padding), "be Same or Valid", "Leave it at ConvolutionPadding.Same.");
        Require.That(padding == ConvolutionPadding.Valid || kernel % 2 == 1, kernel, Owner, nameof(kernel), "be odd where the padding is Same", "Use 3 or 5, or ConvolutionPadding.Valid.");
    }

    public int Channels { get; }

    public int Kernel { get; }

    public int Stride { get; }

    public ConvolutionPadding Padding { get; }

    internal override bool IsWeighted => true;

    private int Zeros => Padding == ConvolutionPadding.Same ? (Kernel - 1) / 2 : 0;

    internal override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input, string owner)
    {
        RequireImage(input, owner, Owner);
        return Windows(input, Channels, Kernel, Stride, Zeros, owner);
    }

    internal override void AddTo(LayerStack stack, int place, IReadOnlyList<int> input, Generator? random) =>
        stack.Add($"conv{place}", TorchModules.Convolution(input[0], Channels, Kernel, Stride, Zeros));

    internal override double WeightCount(IReadOnlyList<int> input) => (double)input[0] * Channels * Kernel * Kernel;
}
