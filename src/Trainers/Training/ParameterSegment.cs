using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>One named parameter inside the flat storage.</summary>
public sealed class ParameterSegment
{
    internal ParameterSegment(string name, long start, Tensor value, Tensor gradient)
    {
        Name = name;
        Start = start;
        Value = value;
        Gradient = gradient;
        Length = value.numel();
        IsWeight = value.dim() > 1;
    }

    /// <summary>The parameter's name in the module, such as <c>hidden0.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The layer it belongs to, such as <c>hidden0</c>.</summary>
    public string Layer => NamePattern.LayerOf(Name);

    /// <summary>Whether it is a weight (two dimensions or more) and not a bias, scale or shift.</summary>
    public bool IsWeight { get; }

    /// <summary>The value, in the parameter's own shape.</summary>
    public Tensor Value { get; }

    /// <summary>The gradient, in the parameter's own shape.</summary>
    public Tensor Gradient { get; }

    internal long Start { get; }

    internal long Length { get; }
}
