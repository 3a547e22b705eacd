namespace MLNet.GradStability;

/// <summary>Names a kind of description in JSON: the value of its <c>"kind"</c> property in a saved model or report.</summary>
/// <param name="name">A short lower-case name, unique among the kinds of the same noun, such as <c>clip-by-global-norm</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DescriptionKindAttribute(string name) : Attribute
{
    /// <summary>The name in JSON.</summary>
    public string Name { get; } = Require.Text(name, "DescriptionKind", nameof(name), "Give a name such as \"my-clipper\".");
}
