namespace MLNet.GradStability;

/// <summary>What the header of a safetensors file says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its number type.</param>
/// <param name="Shape">Its sizes; empty for a single number.</param>
/// <param name="Start">Where its bytes start, from the end of the header.</param>
/// <param name="End">Where they end.</param>
internal sealed record SafetensorsEntry(string Name, SafetensorsType Type, long[] Shape, long Start, long End)
{
    /// <summary>As messages tell of it.</summary>
    public override string ToString() => $"{Name} {Type.Name} [{string.Join(", ", Shape)}]";
}
