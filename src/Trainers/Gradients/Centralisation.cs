using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="GradientTransform.Centralise"/>.</summary>
[DescriptionKind("centralise")]
internal sealed record Centralisation : GradientTransform
{
    public override BoundGradientTransform Bind(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new Bound([.. parameters.Segments.Where(segment => segment.IsWeight).Select(segment => segment.Gradient)]);
    }

    private sealed class Bound(Tensor[] gradients) : BoundGradientTransform
    {
        public override void Apply(GradientStep step)
        {
            using var scope = NewDisposeScope();
            foreach (var gradient in gradients)
            {
                var rows = gradient.view(gradient.shape[0], -1);
                rows.sub_(rows.mean([1], keepdim: true));
            }
        }
    }
}
