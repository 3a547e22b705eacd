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

    public override BoundGradientTransform Bind(ParameterSet parameters)
    {
        var bound = new List<BoundGradientTransform>(Steps.Count);
        try
        {
            bound.AddRange(Steps.Select(step => step.Bind(parameters)));
            return new Bound(bound);
        }
        catch
        {
            bound.ForEach(step => step.Dispose());
            throw;
        }
    }

    private sealed class Bound(List<BoundGradientTransform> steps) : BoundGradientTransform
    {
        internal override bool KeepsGradients => steps.TrueForAll(step => step.KeepsGradients);

        public override void Apply(GradientStep step)
        {
            foreach (var transform in steps)
            {
                transform.Apply(step);
                if (!transform.KeepsGradients)
                {
                    step.Changed();
                }
            }
        }

        public override void Exchange(RunState state)
        {
            for (var i = 0; i < steps.Count; i++)
            {
                steps[i].Exchange(state.Under($"{i}"));
            }
        }

        protected override void Dispose(bool disposing) => steps.ForEach(step => step.Dispose());
    }
}
