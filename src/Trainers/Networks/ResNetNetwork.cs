using System.Text.Json.Serialization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Network.ResNet"/>.</summary>
[DescriptionKind("resnet")]
internal sealed record ResNetNetwork : Network
{
    private const string Owner = "Network.ResNet";
    private const string Layout = "[channels, height, width]";
    private const int WidestLayer = 8_192;
    private const int SmallSide = 32;

    private static readonly Dictionary<int, (int[] Blocks, bool IsBottleneck)> Depths = new()
    {
        [10] = ([1, 1, 1, 1], false),
        [18] = ([2, 2, 2, 2], false),
        [34] = ([3, 4, 6, 3], false),
        [50] = ([3, 4, 6, 3], true),
        [101] = ([3, 4, 23, 3], true),
        [152] = ([3, 8, 36, 3], true),
    };

    [JsonConstructor]
    public ResNetNetwork(int depth, IReadOnlyList<int> inputShape, int width, Activation activation, double dropout, Normalization normalization, ResNetStem stem)
    {
        Depth = Require.That(Depths.ContainsKey(depth), depth, Owner, nameof(depth), $"be one of {string.Join(", ", Depths.Keys)}", "10 and 18 suit small images.");
        InputShape = FeatureShape.Checked(inputShape, Owner, Layout);
        Width = Require.That(width is >= 1 and <= WidestLayer, width, Owner, nameof(width), $"be from 1 to {WidestLayer}", "Leave it at 64; 16 or 32 suit small images.");
        Activation = Require.NotNull(activation, Owner, nameof(activation), "Leave it out for ReLU.");
        Dropout = Require.Fraction(dropout, Owner, nameof(dropout), "To train without dropout, leave it out.");
        Normalization = Require.NotNull(normalization, Owner, nameof(normalization), "Leave it out for batch normalisation.");
        Stem = Require.That(Enum.IsDefined(stem), stem, Owner, nameof(stem), "be Auto, Small or Large", "Leave it at ResNetStem.Auto.");
        normalization.Check(width, Owner, nameof(width));
    }

    public int Depth { get; }

    public IReadOnlyList<int> InputShape { get; }

    public int Width { get; }

    public override Activation Activation { get; init; }

    public double Dropout { get; }

    public Normalization Normalization { get; }

    public ResNetStem Stem { get; }

    internal override FeatureShape? Shape => new(Owner, Layout, InputShape);

    private bool HasLargeStem => Stem == ResNetStem.Large || (Stem == ResNetStem.Auto && Math.Min(InputShape[1], InputShape[2]) > SmallSide);

    internal override Module<Tensor, Tensor> Build(int inputSize, int outputSize, Generator? random)
    {
        var stack = new LayerStack();
        stack.Add("image", new RowView(InputShape));
        stack.Add("conv1", HasLargeStem ? TorchModules.Convolution(InputShape[0], Width, 7, 2, 3, bias: false) : TorchModules.Convolution(InputShape[0], Width, 3, 1, 1, bias: false));
        stack.Add("bn1", Normalization.Create(Width));
        stack.Add("activation1", Activation.Create());
        if (HasLargeStem)
        {
            stack.Add("maxpool", TorchModules.MaxPool(3, 2, 1));
        }

        foreach (var stage in Stages().GroupBy(block => block.Stage))
        {
            var blocks = new LayerStack();
            foreach (var block in stage)
            {
                blocks.Add($"{blocks.Count}", new ResidualBlock(block, Activation, Normalization));
            }

            stack.Add($"layer{stage.Key}", blocks);
        }

        stack.Add("avgpool", new ChannelMean());
        if (Dropout > 0)
        {
            stack.Add("dropout", new SeededDropout(Dropout, random));
        }

        stack.Add(OutputLayer, Linear(Stages().Last().Outputs, outputSize));
        return stack;
    }

    internal override double WeightCount(int inputSize, int outputSize) =>
        ((double)InputShape[0] * Width * (HasLargeStem ? 49 : 9)) + Stages().Sum(block => block.WeightCount) + ((double)Stages().Last().Outputs * outputSize);

    private IEnumerable<ResidualBlockShape> Stages()
    {
        var (blocks, isBottleneck) = Depths[Depth];
        var inputs = Width;
        for (var stage = 1; stage <= blocks.Length; stage++)
        {
            for (var i = 0; i < blocks[stage - 1]; i++)
            {
                var block = new ResidualBlockShape(stage, inputs, Width << (stage - 1), stage > 1 && i == 0 ? 2 : 1, isBottleneck);
                yield return block;
                inputs = block.Outputs;
            }
        }
    }
}
