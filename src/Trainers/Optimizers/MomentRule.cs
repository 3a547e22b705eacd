namespace MLNet.GradStability;

/// <summary>
/// A rule of Adam's kin, over moving means of the gradients and of their squares: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²; corrected for their start
/// at 0, m̂ = m/(1−β₁ᵗ) and v̂ = v/(1−β₂ᵗ).
/// </summary>
internal abstract class MomentRule : UpdateRule
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly IReadOnlyList<MomentSlice> _slices;
    private long _step;

    protected MomentRule(ParameterGroup group, double beta1, double beta2)
        : base(group)
    {
        (_beta1, _beta2) = (beta1, beta2);
        _slices = MomentSlice.Cut(Values, Gradients, mean: State("mean"), square: State("square"));
    }

    /// <summary>t, from 1.</summary>
    protected long Step => _step;

    /// <summary>1 − β₁ᵗ.</summary>
    protected double MeanCorrection => 1 - Math.Pow(_beta1, _step);

    /// <summary>1 − β₂ᵗ.</summary>
    protected double SquareCorrection => 1 - Math.Pow(_beta2, _step);

    public sealed override void Apply(double rate)
    {
        _step++;
        var move = Move(rate);
        foreach (var slice in _slices)
        {
            slice.Mean.mul_(_beta1).add_(slice.Gradients, alpha: 1 - _beta1);
            slice.Square.mul_(_beta2).addcmul_(slice.Gradients, slice.Gradients, value: 1 - _beta2);
            move(slice);
        }
    }

    public override void Exchange(RunState state)
    {
        base.Exchange(state);
        state.Exchange("step", ref _step);
    }

    public override void Dispose()
    {
        foreach (var slice in _slices)
        {
            slice.Dispose();
        }

        base.Dispose();
    }

    /// <summary>The change of the values in this step, slice by slice; the means hold its gradients already.</summary>
    protected abstract Action<MomentSlice> Move(double rate);

    /// <summary>w ← w − (ofMean·m + ofGradients·g)/(√v̂ + ε).</summary>
    protected Action<MomentSlice> Descent(double epsilon, double ofMean, double ofGradients = 0)
    {
        // √v̂ + ε, times the root of the correction, which goes into the factor: one pass less over the numbers.
        var root = Math.Sqrt(SquareCorrection);
        return slice =>
        {
            using var deviation = slice.Square.sqrt().add_(epsilon * root);
            if (ofGradients != 0)
            {
                slice.Values.addcdiv_(slice.Gradients, deviation, value: -ofGradients * root);
            }

            slice.Values.addcdiv_(slice.Mean, deviation, value: -ofMean * root);
        };
    }
}
