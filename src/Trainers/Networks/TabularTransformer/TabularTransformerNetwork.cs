using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Network.TabularTransformer"/>.</summary>
[DescriptionKind("tabular-transformer")]
internal sealed record TabularTransformerNetwork : Network
{
    private const string Owner = "Network.TabularTransformer";
    private const int WidestLayer = 65_536;
    private const int MostBlocks = 1_000;

    [JsonConstructor]
    public TabularTransformerNetwork(int width, int blocks, int heads, double expansion, double attentionDropout, double dropout, double residualDropout)
    {
        Width = Require.That(width is >= 2 and <= WidestLayer, width, Owner, nameof(width), $"be from 2 to {WidestLayer}", "Usual widths are 32 to 192.");
        Blocks = Require.That(blocks is >= 1 and <= MostBlocks, blocks, Owner, nameof(blocks), $"be from 1 to {MostBlocks}", "Usual numbers are 1 to 6.");
        Heads = Require.That(heads >= 1 && width % heads == 0, heads, Owner, nameof(heads), $"be 1 or greater and divide width, {width}", "Usual numbers are 4 and 8.");
        Expansion = Require.That(
            expansion * width is >= 1 and <= WidestLayer, expansion, Owner, nameof(expansion), $"be a number whose product with width is from 1 to {WidestLayer}", "Leave it at 4/3.");
        AttentionDropout = Require.Fraction(attentionDropout, Owner, nameof(attentionDropout), "To train without, give 0.");
        Dropout = Require.Fraction(dropout, Owner, nameof(dropout), "To train without, give 0.");
        ResidualDropout = Require.Fraction(residualDropout, Owner, nameof(residualDropout), "To train without, leave it out.");
    }

    public int Width { get; }

    public int Blocks { get; }

    public int Heads { get; }

    public double Expansion { get; }

    public double AttentionDropout { get; }

    public double Dropout { get; }

    public double ResidualDropout { get; }

    [JsonIgnore]
    [MaybeNull]
    public override Activation Activation
    {
        get => null;
        init => throw new NotSupportedException($"{Owner}: the activation of its blocks is ReGLU. Use Network.TabularResNet to choose one.");
    }

    /// <summary>Hidden units of a block.</summary>
    internal int Hidden => (int)(Width * Expansion);

    internal override Module<Tensor, Tensor> Build(int inputSize, int outputSize, Generator? random) =>
        Build(InputLayout.OfNumbers(inputSize), new(), outputSize, random);

    internal override Module<Tensor, Tensor> Build(InputLayout inputs, CategoricalEmbedding embedding, int outputSize, Generator? random)
    {
        var stack = new LayerStack();
        stack.Add("tokenizer", new FeatureTokenizer(inputs, Width));
        for (var i = 0; i < Blocks; i++)
        {
            stack.Add($"block{i}", new TransformerBlock(this, i == 0, i == Blocks - 1, random));
        }

        stack.Add("norm", TorchModules.LayerNormalization(Width));
        stack.Add("activation", Activation.Relu().Create());
        stack.Add(OutputLayer, Linear(Width, outputSize));
        return stack;
    }

    internal override double WeightCount(int inputSize, int outputSize) => WeightCount(InputLayout.OfNumbers(inputSize), new(), outputSize);

    internal override double WeightCount(InputLayout inputs, CategoricalEmbedding embedding, int outputSize)
    {
        var tokens = (double)inputs.Numbers + inputs.Size + inputs.Keys.Sum(slot => slot.Values + 1.0);
        return Width * (tokens + outputSize + (Blocks * ((4.0 * Width) + (3.0 * Hidden))));
    }
}
