using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="GradientTransform.AdaGc"/>.</summary>
[DescriptionKind("ada-gc")]
internal sealed record AdaGcClipping : GradientTransform
{
    private const string Owner = "GradientTransform.AdaGc";

    [JsonConstructor]
    public AdaGcClipping(double lambda, double beta, int warmupSteps, double warmupMaxNorm)
    {
        Lambda = Require.That(double.IsFinite(lambda) && lambda >= 1, lambda, Owner, nameof(lambda), "be finite and 1 or greater", "The usual value is 1.05; below 1 every step would shrink the next.");
        Beta = Require.Fraction(beta, Owner, nameof(beta), "The usual value is 0.98.");
        WarmupSteps = Require.NotNegative(warmupSteps, Owner, nameof(warmupSteps), "The usual value is 100.");
        WarmupMaxNorm = Require.Positive(warmupMaxNorm, Owner, nameof(warmupMaxNorm), "The usual value is 1.");
    }

    public double Lambda { get; }

    public double Beta { get; }

    public int WarmupSteps { get; }

    public double WarmupMaxNorm { get; }

    public override BoundGradientTransform Bind(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new Bound(this, parameters);
    }

    internal sealed class Bound : BoundGradientTransform
    {
        private readonly AdaGcClipping _description;
        private readonly ParameterSet _parameters;

        public Bound(AdaGcClipping description, ParameterSet parameters)
        {
            _description = description;
            _parameters = parameters;
            Averages = zeros(parameters.Segments.Count, dtype: parameters.Gradients[0].dtype, device: parameters.Gradients[0].device).DetachFromDisposeScope();
        }

        /// <summary>γ: moving averages of the clipped norms, <c>[segments]</c>; 0 where no gradient was seen yet.</summary>
        public Tensor Averages { get; }

        /// <summary>Steps so far.</summary>
        public long Steps { get; private set; }

        public override void Apply(GradientStep step)
        {
            using var scope = NewDisposeScope();
            if (Steps++ < _description.WarmupSteps)
            {
                NormLimit.Apply(_parameters, _description.WarmupMaxNorm, step);
                Remember(SegmentNorms.Of(_parameters));
                return;
            }

            var norms = SegmentNorms.Of(_parameters);
            var factors = (Averages * _description.Lambda / norms).masked_fill_(Averages.eq(0), 1).clamp_max_(1);
            SegmentNorms.Scale(_parameters, factors);
            Remember(norms * factors);
        }

        public override void Exchange(RunState state)
        {
            var steps = Steps;
            state.Exchange("averages", Averages);
            state.Exchange("steps", ref steps);
            Steps = steps;
        }

        protected override void Dispose(bool disposing) => Averages.Dispose();

        /// <summary>Blends norms into the averages; the first becomes the average, and 0 or a number that is not finite leaves it as it is.</summary>
        private void Remember(Tensor norms)
        {
            var known = norms.nan_to_num(0, 0, 0);
            var blended = (Averages * _description.Beta).add_(known, alpha: 1 - _description.Beta);
            var next = where(Averages.eq(0), known, blended);
            Averages.copy_(where(known.gt(0), next, Averages));
        }
    }
}
