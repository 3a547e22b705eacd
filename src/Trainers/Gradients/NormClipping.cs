using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="GradientTransform.ClipByNorm"/>.</summary>
[DescriptionKind("clip-by-norm")]
internal sealed record NormClipping : GradientTransform
{
    [JsonConstructor]
    public NormClipping(double maxNorm) =>
        MaxNorm = Require.Positive(maxNorm, "GradientTransform.ClipByNorm", nameof(maxNorm), "To train without clipping, leave it out.");

    public double MaxNorm { get; }

    public override BoundGradientTransform Bind(ParameterSet parameters) => new Bound(this, parameters);

    private sealed class Bound(NormClipping description, ParameterSet parameters) : BoundGradientTransform
    {
        public override void Apply(GradientStep step)
        {
            using var scope = NewDisposeScope();
            SegmentNorms.Scale(parameters, NormLimit.Factors(SegmentNorms.Of(parameters), description.MaxNorm));
        }
    }
}
