using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// A rule of Adam's kin, over moving means of the gradients and of their squares: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²; corrected for their start
/// at 0, m̂ = m/(1−β₁ᵗ) and v̂ = v/(1−β₂ᵗ).
/// </summary>
internal abstract class MomentRule : UpdateRule
{
    private readonly double _beta1;
    private readonly double _beta2;
    private long _step;

    protected MomentRule(ParameterGroup group, double beta1, double beta2)
        : base(group)
    {
        (_beta1, _beta2) = (beta1, beta2);
        Mean = State("mean");
        Square = State("square");
    }

    /// <summary>m.</summary>
    protected Tensor Mean { get; }

    /// <summary>v.</summary>
    protected Tensor Square { get; }

    /// <summary>t, from 1.</summary>
    protected long Step => _step;

    /// <summary>1 − β₁ᵗ.</summary>
    protected double MeanCorrection => 1 - Math.Pow(_beta1, _step);

    /// <summary>1 − β₂ᵗ.</summary>
    protected double SquareCorrection => 1 - Math.Pow(_beta2, _step);

    public sealed override void Apply(double rate)
    {
        _step++;
        Mean.mul_(_beta1).add_(Gradients, alpha: 1 - _beta1);
        Square.mul_(_beta2).addcmul_(Gradients, Gradients, value: 1 - _beta2);
        Move(rate);
    }

    public override void Exchange(RunState state)
    {
        base.Exchange(state);
        state.Exchange("step", ref _step);
    }

    /// <summary>Changes the values; the means hold the gradients of this step already.</summary>
    protected abstract void Move(double rate);

    /// <summary>w ← w − Σ sizeᵢ·directionᵢ/(√v̂ + ε).</summary>
    protected void Descend(double epsilon, params ReadOnlySpan<(Tensor Direction, double Size)> parts)
    {
        // √v̂ + ε, times the root of the correction, which goes into the factor: one pass less over the numbers.
        var root = Math.Sqrt(SquareCorrection);
        using var deviation = Square.sqrt().add_(epsilon * root);
        foreach (var (direction, size) in parts)
        {
            Values.addcdiv_(direction, deviation, value: -size * root);
        }
    }
}
