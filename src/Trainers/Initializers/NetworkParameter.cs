using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>One parameter tensor of a network as an initialiser sees it.</summary>
/// <param name="Name">The name in the module, such as <c>hidden0.weight</c>.</param>
/// <param name="Value">The tensor to fill in place.</param>
/// <param name="Activation">The activation that follows; null where none does, as after the output layer.</param>
public sealed record NetworkParameter(string Name, Tensor Value, Activation? Activation)
{
    /// <summary>The layer it belongs to, such as <c>hidden0</c>.</summary>
    public string Layer => NamePattern.LayerOf(Name);

    /// <summary>How the network itself starts this parameter, such as the bias of a forget gate; null where that is left to the initialiser.</summary>
    internal Action<Tensor, Generator>? Start { get; init; }

    /// <summary>Whether this is a weight (two dimensions or more) and not a bias, scale or shift.</summary>
    public bool IsWeight => Value.dim() > 1;

    /// <summary>Whether this is the bias of a layer, or the shift of a normalisation layer, which start at 0.</summary>
    public bool IsBias => !IsWeight && Name[(Name.LastIndexOf('.') + 1)..].StartsWith("bias", StringComparison.Ordinal);

    /// <summary>Whether this is the scale of a normalisation layer, which starts at 1.</summary>
    public bool IsScale => !IsWeight && Name.EndsWith("weight", StringComparison.Ordinal);

    /// <summary>Inputs of a unit: <c>in</c> of a weight <c>[out, in]</c>, in·k… of a convolution <c>[out, in, k…]</c>; 0 for a parameter that is no weight.</summary>
    public long FanIn => IsWeight ? Value.shape[1] * KernelSize : 0;

    /// <summary>Outputs of a unit: <c>out</c> of a weight <c>[out, in]</c>, out·k… of a convolution <c>[out, in, k…]</c>; 0 for a parameter that is no weight.</summary>
    public long FanOut => IsWeight ? Value.shape[0] * KernelSize : 0;

    private long KernelSize => Value.shape.Skip(2).Aggregate(1L, (product, size) => product * size);
}
