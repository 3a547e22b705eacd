using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="GradientTransform.Noise"/>.</summary>
[DescriptionKind("noise")]
internal sealed record GradientNoise : GradientTransform
{
    private const string Owner = "GradientTransform.Noise";

    [JsonConstructor]
    public GradientNoise(double eta, double decay)
    {
        Eta = Require.Positive(eta, Owner, nameof(eta), "Usual values are 0.01, 0.3 and 1.");
        Decay = Require.NotNegative(decay, Owner, nameof(decay), "The usual value is 0.55; 0 keeps the noise constant.");
    }

    public double Eta { get; }

    public double Decay { get; }

    public override BoundGradientTransform Bind(ParameterSet parameters) => new Bound(this, parameters);

    private sealed class Bound(GradientNoise description, ParameterSet parameters) : BoundGradientTransform
    {
        public override void Apply(GradientStep step)
        {
            using var scope = NewDisposeScope();
            var deviation = Math.Sqrt(description.Eta / Math.Pow(1 + step.Index, description.Decay));
            foreach (var gradient in parameters.Gradients)
            {
                gradient.add_(gradient.Drawn(noise => noise.normal_(0, deviation, step.Random)));
            }
        }
    }
}
