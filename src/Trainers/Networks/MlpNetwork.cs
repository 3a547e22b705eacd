using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Network.Mlp"/>.</summary>
[DescriptionKind("mlp")]
internal sealed record MlpNetwork : Network
{
    private const int WidestLayer = 65_536;
    private const int DeepestNetwork = 10_000;

    [JsonConstructor]
    public MlpNetwork(IReadOnlyList<int> hidden, Activation activation, double dropout)
    {
        Hidden = new EquatableList<int>(Checked(hidden));
        Activation = Require.NotNull(activation, "Network.Mlp", nameof(activation), "Leave it out for ReLU.");
        Dropout = Require.Fraction(dropout, "Network.Mlp", nameof(dropout), "To train without dropout, leave it out.");
    }

    public IReadOnlyList<int> Hidden { get; }

    public override Activation Activation { get; init; }

    public double Dropout { get; }

    internal override Module<Tensor, Tensor> Build(int inputSize, int outputSize, Generator? random)
    {
        var layers = new List<(string, Module<Tensor, Tensor>)>();
        var width = inputSize;
        for (var i = 0; i < Hidden.Count; i++)
        {
            layers.Add(($"hidden{i}", Linear(width, Hidden[i])));
            layers.Add(($"activation{i}", Activation.Create()));
            if (Dropout > 0)
            {
                layers.Add(($"dropout{i}", new SeededDropout(Dropout, random)));
            }

            width = Hidden[i];
        }

        layers.Add((OutputLayer, Linear(width, outputSize)));
        return Sequential(layers);
    }

    private static IReadOnlyList<int> Checked(IReadOnlyList<int> hidden)
    {
        Require.NotNull(hidden, "Network.Mlp", nameof(hidden), "Give the widths of the hidden layers, such as [128, 64].");
        Require.That(hidden.Count <= DeepestNetwork, hidden.Count, "Network.Mlp", "the number of hidden layers", $"be at most {DeepestNetwork}", "Use fewer layers.");
        foreach (var width in hidden)
        {
            Require.That(width is >= 1 and <= WidestLayer, width, "Network.Mlp", nameof(hidden), $"hold widths from 1 to {WidestLayer}", "Usual widths are 16 to 1024.");
        }

        return hidden;
    }
}
