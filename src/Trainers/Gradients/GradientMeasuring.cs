using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="GradientTransform.Measure"/>. Its receiver is no part of the JSON form: read back, it measures nothing.</summary>
[DescriptionKind("measure")]
internal sealed record GradientMeasuring : GradientTransform
{
    private const string Owner = "GradientTransform.Measure";

    [JsonConstructor]
    public GradientMeasuring(int every) => Every = Require.AtLeastOne(every, Owner, nameof(every), "Leave it at 1 to measure every step.");

    public GradientMeasuring(IProgress<GradientMeasurement> receiver, int every)
        : this(every) =>
        Receiver = Require.NotNull(receiver, Owner, nameof(receiver), "Give the object that takes the measurements.");

    public int Every { get; }

    [JsonIgnore]
    public IProgress<GradientMeasurement>? Receiver { get; }

    public override BoundGradientTransform Bind(ParameterSet parameters) => new Bound(this, parameters);

    private sealed class Bound(GradientMeasuring description, ParameterSet parameters) : BoundGradientTransform
    {
        internal override bool KeepsGradients => true;

        public override void Apply(GradientStep step)
        {
            if (description.Receiver is not { } receiver || step.Index % description.Every != 0)
            {
                return;
            }

            using var scope = NewDisposeScope();
            var norms = SegmentNorms.Of(parameters).to(ScalarType.Float64).cpu().data<double>().ToArray();
            receiver.Report(new(
                step.Index,
                Math.Sqrt(norms.Sum(norm => norm * norm)),
                [.. norms.Select((norm, i) => new ParameterNorm(parameters.Segments[i].Name, norm))]));
        }
    }
}
