using System.Text.Json.Serialization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Network.Cnn"/>.</summary>
[DescriptionKind("cnn")]
internal sealed record CnnNetwork : Network
{
    public const string Owner = "Network.Cnn";
    private const string Layout = "[channels, height, width]";
    private const int DeepestNetwork = 10_000;

    [JsonConstructor]
    public CnnNetwork(IReadOnlyList<int> inputShape, IReadOnlyList<Layer> layers, Activation activation, double dropout, Normalization? normalization)
    {
        InputShape = FeatureShape.Checked(inputShape, Owner, Layout);
        Activation = Require.NotNull(activation, Owner, nameof(activation), "Leave it out for ReLU.");
        Dropout = Require.Fraction(dropout, Owner, nameof(dropout), "To train without dropout, leave it out.");
        Normalization = normalization;
        Require.NotNull(layers, Owner, nameof(layers), "Give the layers, such as [Layer.Conv(32, 3), Layer.GlobalAveragePool(), Layer.Dense(64)].");
        Require.That(layers.Count <= DeepestNetwork, layers.Count, Owner, "the number of layers", $"be at most {DeepestNetwork}", "Use fewer layers.");
        foreach (var layer in layers)
        {
            Require.NotNull(layer, Owner, nameof(layers), "Give the layers, each of them by a call such as Layer.Conv(32, 3).");
        }

        Layers = new EquatableList<Layer>(layers);
        Require.That(
            Shapes()[^1].Count == 1, FeatureShape.Text(Shapes()[^1]), Owner, "the shape behind the last layer", "be that of a vector", "End the image part with Layer.GlobalAveragePool() or Layer.Flatten().");
    }

    public IReadOnlyList<int> InputShape { get; }

    public IReadOnlyList<Layer> Layers { get; }

    public override Activation Activation { get; init; }

    public double Dropout { get; }

    public Normalization? Normalization { get; }

    internal override bool SmoothsLabels => Layers.Count(layer => layer.IsWeighted) <= TargetSmoothing.MostLayers;

    internal override FeatureShape? Shape => new(Owner, Layout, InputShape);

    internal override Module<Tensor, Tensor> Build(int inputSize, int outputSize, Generator? random)
    {
        var shapes = Shapes();
        var stack = new LayerStack();
        stack.Add("image", new RowView(InputShape));
        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].AddTo(stack, i, shapes[i], random);
            if (Layers[i].IsWeighted)
            {
                AddBehind(stack, i, shapes[i + 1][0], random);
            }
        }

        stack.Add(OutputLayer, Linear(shapes[^1][0], outputSize));
        return stack;
    }

    internal override double WeightCount(int inputSize, int outputSize)
    {
        var shapes = Shapes();
        return Layers.Zip(shapes, (layer, shape) => layer.WeightCount(shape)).Sum() + ((double)shapes[^1][0] * outputSize);
    }

    private void AddBehind(LayerStack stack, int i, int width, Generator? random)
    {
        if (Normalization is not null)
        {
            stack.Add($"norm{i}", Normalization.Create(width));
        }

        stack.Add($"activation{i}", Activation.Create());
        if (Dropout > 0)
        {
            stack.Add($"dropout{i}", new SeededDropout(Dropout, random));
        }
    }

    /// <summary>What goes into each layer, and at the end what comes out of the last.</summary>
    private List<IReadOnlyList<int>> Shapes()
    {
        var shapes = new List<IReadOnlyList<int>> { InputShape };
        for (var i = 0; i < Layers.Count; i++)
        {
            var shape = Layers[i].OutputShape(shapes[i], $"layer {i} of {Owner}");
            if (Layers[i].IsWeighted)
            {
                Normalization?.Check(shape[0], Owner, "layers");
            }

            shapes.Add(shape);
        }

        return shapes;
    }
}
