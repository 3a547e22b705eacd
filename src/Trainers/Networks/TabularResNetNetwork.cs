using System.Text.Json.Serialization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Network.TabularResNet"/>.</summary>
[DescriptionKind("tabular-resnet")]
internal sealed record TabularResNetNetwork : Network
{
    private const string Owner = "Network.TabularResNet";
    private const string Expand = "expand";
    private const int WidestLayer = 65_536;
    private const int MostBlocks = 5_000;

    [JsonConstructor]
    public TabularResNetNetwork(int width, int blocks, double dropout, int expansion, Activation activation, Normalization normalization)
    {
        Width = Require.That(width is >= 1 and <= WidestLayer, width, Owner, nameof(width), $"be from 1 to {WidestLayer}", "Usual widths are 64 to 512.");
        Blocks = Require.That(blocks is >= 1 and <= MostBlocks, blocks, Owner, nameof(blocks), $"be from 1 to {MostBlocks}", "Usual numbers are 2 to 8.");
        Dropout = Require.Fraction(dropout, Owner, nameof(dropout), "To train without dropout, give 0.");
        Expansion = Require.That(
            expansion >= 1 && (long)width * expansion <= WidestLayer, expansion, Owner, nameof(expansion), $"be 1 or greater, and its product with width at most {WidestLayer}", "Leave it at 2.");
        Activation = Require.NotNull(activation, Owner, nameof(activation), "Leave it out for ReLU.");
        Normalization = Require.NotNull(normalization, Owner, nameof(normalization), "Leave it out for batch normalisation.");
        normalization.Check(width, Owner, nameof(width));
    }

    public int Width { get; }

    public int Blocks { get; }

    public double Dropout { get; }

    public int Expansion { get; }

    public override Activation Activation { get; init; }

    public Normalization Normalization { get; }

    /// <summary>The output layer sees an activation, but what leads into the sum of the blocks is linear.</summary>
    internal override Activation? ActivationBehind(string layer) => layer.StartsWith(Expand, StringComparison.Ordinal) ? Activation : null;

    internal override Module<Tensor, Tensor> Build(int inputSize, int outputSize, Generator? random)
    {
        var stack = new LayerStack();
        stack.Add("input", Linear(inputSize, Width));
        for (var i = 0; i < Blocks; i++)
        {
            var first = stack.Count;
            stack.Add($"norm{i}", Normalization.Create(Width));
            stack.Add($"{Expand}{i}", Linear(Width, Expansion * Width));
            stack.Add($"activation{i}", Activation.Create());
            if (Dropout > 0)
            {
                stack.Add($"dropout{i}", new SeededDropout(Dropout, random));
            }

            stack.Add($"shrink{i}", Linear(Expansion * Width, Width));
            stack.Bridge(first, [$"{Expand}{i}", $"shrink{i}"]);
        }

        stack.Add("norm", Normalization.Create(Width));
        stack.Add("activation", Activation.Create());
        stack.Add(OutputLayer, Linear(Width, outputSize));
        return stack;
    }

    internal override double WeightCount(int inputSize, int outputSize) =>
        (double)Width * (inputSize + outputSize + (2.0 * Blocks * Expansion * Width));
}
