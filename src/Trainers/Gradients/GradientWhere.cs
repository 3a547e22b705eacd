using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>A transform for some parameters alone: the description behind <see cref="GradientTransform.Where"/>.</summary>
[DescriptionKind("where")]
internal sealed record GradientWhere : GradientTransform
{
    [JsonConstructor]
    public GradientWhere(GradientTransform transform, string pattern)
    {
        Transform = Require.NotNull(transform, "GradientTransform.Where", nameof(transform), "Give the transform to narrow.");
        Pattern = Require.Text(pattern, "GradientTransform.Where", nameof(pattern), "Give a layer name such as \"hidden*\".");
    }

    public GradientTransform Transform { get; }

    public string Pattern { get; }

    public override BoundGradientTransform Bind(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var chosen = parameters.Where(Pattern, "GradientTransform.Where");
        return chosen.Segments.Count > 0 ? Transform.Bind(chosen) : new Nothing();
    }

    /// <summary>For parameters that are all frozen until a later epoch.</summary>
    private sealed class Nothing : BoundGradientTransform
    {
        internal override bool KeepsGradients => true;

        public override void Apply(GradientStep step)
        {
        }
    }
}
