using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="GradientTransform.ZClip"/>.</summary>
[DescriptionKind("z-clip")]
internal sealed record ZScoreClipping : GradientTransform
{
    private const string Owner = "GradientTransform.ZClip";

    [JsonConstructor]
    public ZScoreClipping(double zThreshold, double alpha, int warmupSteps)
    {
        ZThreshold = Require.Positive(zThreshold, Owner, nameof(zThreshold), "The usual value is 2.5.");
        Alpha = Require.Fraction(alpha, Owner, nameof(alpha), "The usual value is 0.97.");
        WarmupSteps = Require.That(warmupSteps >= 2, warmupSteps, Owner, nameof(warmupSteps), "be 2 or greater", "The usual value is 25; a deviation needs two norms at least.");
    }

    public double ZThreshold { get; }

    public double Alpha { get; }

    public int WarmupSteps { get; }

    public override BoundGradientTransform Bind(ParameterSet parameters) => new Bound(this, parameters);

    internal sealed class Bound(ZScoreClipping description, ParameterSet parameters) : BoundGradientTransform
    {
        private const double Epsilon = 1e-6;

        /// <summary>Norms of the warm-up so far; empty after it.</summary>
        public List<double> Warmup { get; } = [];

        /// <summary>Moving average of the clipped norms; 0 during the warm-up.</summary>
        public double Mean { get; private set; }

        /// <summary>Moving variance of the clipped norms.</summary>
        public double Variance { get; private set; }

        public override void Apply(GradientStep step)
        {
            // A norm of 0 says nothing of the scale: a mean of 0 would stop the network.
            var norm = step.GlobalNorm(parameters);
            if (norm is not (> 0 and < double.PositiveInfinity))
            {
                return;
            }

            if (Mean == 0)
            {
                WarmUp(norm);
                return;
            }

            var deviation = Math.Sqrt(Variance);
            var z = (norm - Mean) / (deviation + Epsilon);
            if (z > description.ZThreshold)
            {
                var limit = Mean + (description.ZThreshold * deviation / (z / description.ZThreshold));
                NormLimit.Apply(parameters, limit, norm);
                norm = limit;
            }

            Mean = Blend(Mean, norm);
            Variance = Blend(Variance, Square(norm - Mean));
        }

        public override void Exchange(RunState state)
        {
            var (mean, variance) = (Mean, Variance);
            state.Exchange("warmup", Warmup);
            state.Exchange("mean", ref mean);
            state.Exchange("variance", ref variance);
            (Mean, Variance) = (mean, variance);
        }

        private void WarmUp(double norm)
        {
            Warmup.Add(norm);
            if (Warmup.Count == description.WarmupSteps)
            {
                Mean = Warmup.Average();
                Variance = Warmup.Average(past => Square(past - Mean));
                Warmup.Clear();
            }
        }

        private double Blend(double average, double next) => (description.Alpha * average) + ((1 - description.Alpha) * next);

        private static double Square(double x) => x * x;
    }
}
