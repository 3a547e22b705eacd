using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="GradientTransform.ClipByGlobalNorm"/>.</summary>
[DescriptionKind("clip-by-global-norm")]
internal sealed record GlobalNormClipping : GradientTransform
{
    [JsonConstructor]
    public GlobalNormClipping(double maxNorm) =>
        MaxNorm = Require.Positive(maxNorm, "GradientTransform.ClipByGlobalNorm", nameof(maxNorm), "To train without clipping, leave it out.");

    public double MaxNorm { get; }

    public override BoundGradientTransform Bind(ParameterSet parameters) => new Bound(this, parameters);

    private sealed class Bound(GlobalNormClipping description, ParameterSet parameters) : BoundGradientTransform
    {
        // The same guard against division by 0 as torch.nn.utils.clip_grad_norm_.
        private const double Epsilon = 1e-6;

        public override void Apply(GradientStep step)
        {
            var factor = description.MaxNorm / (step.GlobalNorm(parameters) + Epsilon);
            if (factor < 1)
            {
                parameters.ScaleGradients(factor);
            }
        }
    }
}
