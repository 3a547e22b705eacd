using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="GradientTransform.ClipByGlobalNorm"/>.</summary>
[DescriptionKind("clip-by-global-norm")]
internal sealed record GlobalNormClipping : GradientTransform
{
    private const string Owner = "GradientTransform.ClipByGlobalNorm";

    [JsonConstructor]
    public GlobalNormClipping(double maxNorm, NormOrder norm = NormOrder.L2)
    {
        MaxNorm = Require.Positive(maxNorm, Owner, nameof(maxNorm), "To train without clipping, leave it out.");
        Norm = Require.That(Enum.IsDefined(norm), norm, Owner, nameof(norm), "be L1, L2 or LInfinity", "Leave it out for L2.");
    }

    public double MaxNorm { get; }

    public NormOrder Norm { get; }

    public override BoundGradientTransform Bind(ParameterSet parameters) => new Bound(this, parameters);

    private sealed class Bound(GlobalNormClipping description, ParameterSet parameters) : BoundGradientTransform
    {
        public override void Apply(GradientStep step) => NormLimit.Apply(parameters, description.MaxNorm, step, description.Norm);
    }
}
