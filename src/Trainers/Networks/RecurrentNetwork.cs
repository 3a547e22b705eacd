using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Network.Recurrent"/>.</summary>
[DescriptionKind("recurrent")]
internal sealed record RecurrentNetwork : Network
{
    private const string Owner = "Network.Recurrent";
    private const string Layout = "[steps, features]";
    private const int WidestLayer = 65_536;
    private const int MostLayers = 100;

    [JsonConstructor]
    public RecurrentNetwork(RecurrentCell cell, IReadOnlyList<int> inputShape, int hidden, int layers, bool bidirectional, SequenceOutput outputs, double dropout)
    {
        Cell = Require.That(Enum.IsDefined(cell), cell, Owner, nameof(cell), "be Rnn, Irnn, Gru or Lstm", "RecurrentCell.Lstm suits most sequences.");
        InputShape = FeatureShape.Checked(inputShape, Owner, Layout);
        Hidden = Require.That(hidden is >= 1 and <= WidestLayer, hidden, Owner, nameof(hidden), $"be from 1 to {WidestLayer}", "Usual widths are 16 to 512.");
        Layers = Require.That(layers is >= 1 and <= MostLayers, layers, Owner, nameof(layers), $"be from 1 to {MostLayers}", "1 or 2 are usual.");
        Bidirectional = bidirectional;
        Outputs = Require.That(Enum.IsDefined(outputs), outputs, Owner, nameof(outputs), "be Last, Mean or All", "Leave it at SequenceOutput.Last.");
        Dropout = Require.Fraction(dropout, Owner, nameof(dropout), "To train without dropout, leave it out.");
    }

    public RecurrentCell Cell { get; }

    public IReadOnlyList<int> InputShape { get; }

    public int Hidden { get; }

    public int Layers { get; }

    public bool Bidirectional { get; }

    public SequenceOutput Outputs { get; }

    public double Dropout { get; }

    [JsonIgnore]
    [MaybeNull]
    public override Activation Activation
    {
        get => null;
        init => throw new NotSupportedException($"{Owner}: the activations belong to the cell. Choose another {nameof(RecurrentCell)}.");
    }

    internal override FeatureShape? Shape => new(Owner, Layout, InputShape);

    /// <summary>The first state passes each layer's weights at every step.</summary>
    internal override double PathLength(int weights) => ((double)InputShape[0] * Layers) + 1;

    private int Width => Bidirectional ? 2 * Hidden : Hidden;

    private int EndWidth => Outputs == SequenceOutput.All ? InputShape[0] * Width : Width;

    internal override Module<Tensor, Tensor> Build(int inputSize, int outputSize, Generator? random)
    {
        var stack = new LayerStack();
        stack.Add("sequence", new RowView(InputShape));
        for (var i = 0; i < Layers; i++)
        {
            stack.Add($"recurrent{i}", new RecurrentLayer(Cell, i == 0 ? InputShape[1] : Width, Hidden, Bidirectional));
            if (Dropout > 0)
            {
                stack.Add($"dropout{i}", new SeededDropout(Dropout, random));
            }
        }

        stack.Add("steps", new SequenceEnd(Outputs, Bidirectional));
        stack.Add(OutputLayer, Linear(EndWidth, outputSize));
        return stack;
    }

    internal override double WeightCount(int inputSize, int outputSize)
    {
        var perInput = (double)RecurrentLayer.Gates(Cell) * Width;
        return (perInput * (InputShape[1] + ((Layers - 1.0) * Width) + ((double)Layers * Hidden))) + ((double)EndWidth * outputSize);
    }
}
