using System.Text.Json.Serialization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Network.Mlp"/>.</summary>
[DescriptionKind("mlp")]
internal sealed record MlpNetwork : Network
{
    private const string Owner = "Network.Mlp";
    private const int WidestLayer = 65_536;
    private const int DeepestNetwork = 10_000;

    [JsonConstructor]
    public MlpNetwork(
        IReadOnlyList<int> hidden, Activation activation, double dropout, Normalization? normalization, WeightNormalization? weightNormalization, bool residual)
    {
        Hidden = new EquatableList<int>(Checked(hidden, normalization));
        Activation = Require.NotNull(activation, Owner, nameof(activation), "Leave it out for ReLU.");
        Dropout = Require.Fraction(dropout, Owner, nameof(dropout), "To train without dropout, leave it out.");
        Normalization = normalization;
        WeightNormalization = weightNormalization;
        Residual = residual;
        Require.That(
            !residual || Enumerable.Range(0, hidden.Count).Any(StartsBlock), $"[{string.Join(", ", hidden)}]", Owner, nameof(hidden), "hold three equal widths in a row for a residual network", "Give widths such as [64, 64, 64], or leave residual out.");
    }

    public IReadOnlyList<int> Hidden { get; }

    public override Activation Activation { get; init; }

    public double Dropout { get; }

    public Normalization? Normalization { get; }

    public WeightNormalization? WeightNormalization { get; }

    public bool Residual { get; }

    internal override bool SmoothsLabels => Hidden.Count <= TargetSmoothing.MostLayers;

    internal override Module<Tensor, Tensor> Build(int inputSize, int outputSize, Generator? random)
    {
        var layers = new LayerStack();
        var width = inputSize;
        for (var i = 0; i < Hidden.Count; i++)
        {
            if (Residual && StartsBlock(i))
            {
                var first = layers.Count;
                AddLinear(layers, i, width);
                AddActivation(layers, i, random);
                AddLinear(layers, ++i, width);
                layers.Add($"multiplier{i}", new Multiplier());
                layers.Bridge(first, [$"hidden{i - 1}", $"hidden{i}"]);
            }
            else
            {
                AddLinear(layers, i, width);
            }

            AddActivation(layers, i, random);
            width = Hidden[i];
        }

        layers.Add(OutputLayer, Linear(width, outputSize));
        return layers;
    }

    internal override double WeightCount(int inputSize, int outputSize)
    {
        var widths = (IReadOnlyList<int>)[inputSize, .. Hidden, outputSize];
        return widths.Zip(widths.Skip(1), (from, to) => (double)from * to).Sum();
    }

    /// <summary>Whether layers i and i + 1 form a residual block: both as wide as the layer before.</summary>
    private bool StartsBlock(int i) => i > 0 && i + 1 < Hidden.Count && Hidden[i] == Hidden[i - 1] && Hidden[i + 1] == Hidden[i - 1];

    private void AddLinear(LayerStack layers, int i, int inputs)
    {
        layers.Add($"hidden{i}", WeightNormalization?.Linear(inputs, Hidden[i]) ?? Linear(inputs, Hidden[i]));
        if (Normalization is not null)
        {
            layers.Add($"norm{i}", Normalization.Create(Hidden[i]));
        }
    }

    private void AddActivation(LayerStack layers, int i, Generator? random)
    {
        layers.Add($"activation{i}", Activation.Create());
        if (Dropout > 0)
        {
            layers.Add($"dropout{i}", new SeededDropout(Dropout, random));
        }
    }

    private static IReadOnlyList<int> Checked(IReadOnlyList<int> hidden, Normalization? normalization)
    {
        Require.NotNull(hidden, Owner, nameof(hidden), "Give the widths of the hidden layers, such as [128, 64].");
        Require.That(hidden.Count <= DeepestNetwork, hidden.Count, Owner, "the number of hidden layers", $"be at most {DeepestNetwork}", "Use fewer layers.");
        foreach (var width in hidden)
        {
            Require.That(width is >= 1 and <= WidestLayer, width, Owner, nameof(hidden), $"hold widths from 1 to {WidestLayer}", "Usual widths are 16 to 1024.");
            normalization?.Check(width, Owner, nameof(hidden));
        }

        return hidden;
    }
}
