using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>One parameter tensor of a network as an initialiser sees it.</summary>
/// <param name="Name">The name in the module, such as <c>hidden0.weight</c>.</param>
/// <param name="Value">The tensor to fill in place.</param>
/// <param name="Activation">The activation that follows; null after the output layer, which is linear.</param>
public sealed record NetworkParameter(string Name, Tensor Value, Activation? Activation)
{
    /// <summary>Whether this is a weight (two dimensions or more) and not a bias, scale or shift.</summary>
    public bool IsWeight => Value.dim() > 1;

    /// <summary>Inputs of a unit; 0 for a parameter that is no weight.</summary>
    public long FanIn => IsWeight ? Value.shape[1] * KernelSize : 0;

    /// <summary>Outputs of a unit; 0 for a parameter that is no weight.</summary>
    public long FanOut => IsWeight ? Value.shape[0] * KernelSize : 0;

    /// <summary>Whether this is the scale of a normalisation layer, which starts at 1.</summary>
    public bool IsScale => !IsWeight && Name.EndsWith("weight", StringComparison.Ordinal);

    private long KernelSize => Value.shape.Skip(2).Aggregate(1L, (product, size) => product * size);
}
