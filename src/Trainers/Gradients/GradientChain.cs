using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>Several transforms, one after the other: the description behind <see cref="GradientTransform.Then"/>.</summary>
[DescriptionKind("chain")]
internal sealed record GradientChain : GradientTransform
{
    [JsonConstructor]
    public GradientChain(IReadOnlyList<GradientTransform> steps)
    {
        foreach (var step in steps)
        {
            Require.NotNull(step, "GradientTransform.Then", "next", "Give the transform that comes second.");
        }

        Steps = new EquatableList<GradientTransform>(steps.SelectMany(step => step is GradientChain chain ? chain.Steps : [step]));
    }

    public IReadOnlyList<GradientTransform> Steps { get; }

    public override BoundGradientTransform Bind(ParameterSet parameters) =>
        new Bound([.. Steps.Select(step => step.Bind(parameters))]);

    private sealed class Bound(BoundGradientTransform[] steps) : BoundGradientTransform
    {
        public override void Apply(GradientStep step)
        {
            foreach (var transform in steps)
            {
                transform.Apply(step);
                step.Changed();
            }
        }

        protected override void Dispose(bool disposing) => Array.ForEach(steps, step => step.Dispose());
    }
}
