using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Stability;

/// <summary>A fault in the middle of a run: multiplies the weights of a layer after the update of a given step.</summary>
internal sealed record At(long Step, string Layer, double Factor) : Constraint
{
    public override BoundConstraint Bind(ParameterSet weights) => new Bound(this, weights);

    private sealed class Bound(At fault, ParameterSet weights) : BoundConstraint
    {
        private long _step;

        public override void Apply()
        {
            if (_step++ == fault.Step)
            {
                using var _ = no_grad();
                foreach (var segment in weights.Segments.Where(segment => segment.Layer == fault.Layer))
                {
                    segment.Value.mul_(fault.Factor);
                }
            }
        }
    }
}
