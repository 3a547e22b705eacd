using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>A penalty for some weights alone: the description behind <see cref="Regularizer.Where"/>.</summary>
[DescriptionKind("where")]
internal sealed record RegularizerWhere : Regularizer
{
    private const string Owner = "Regularizer.Where";

    [JsonConstructor]
    public RegularizerWhere(Regularizer regularizer, string pattern)
    {
        Regularizer = Require.NotNull(regularizer, Owner, nameof(regularizer), "Give the penalty to narrow.");
        Pattern = Require.Text(pattern, Owner, nameof(pattern), "Give a layer name such as \"hidden*\".");
    }

    public Regularizer Regularizer { get; }

    public string Pattern { get; }

    public override BoundRegularizer Bind(ParameterSet weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return Regularizer.Bind(weights.Where(Pattern, Owner));
    }
}
