namespace MLNet.GradStability;

/// <summary>Describes a set that weights are brought back into after each optimiser step. Biases and normalisation parameters are left alone.</summary>
public abstract record Constraint
{
    /// <summary>
    /// Scales down each unit's incoming weights (a row of <c>[out, in]</c>, a filter of a convolution) whose norm ‖w‖₂ exceeds
    /// <paramref name="maxNorm"/>: w ← w · min(1, maxNorm/‖w‖₂) (Srivastava et al. 2014).
    /// </summary>
    /// <param name="maxNorm">The largest norm; finite and greater than 0. Usual values are 2 to 4.</param>
    /// <exception cref="ArgumentOutOfRangeException">The norm is not finite or not greater than 0.</exception>
    public static Constraint MaxNorm(double maxNorm) => new MaxNormConstraint(maxNorm);

    /// <summary>Makes the constraint's state for one fit.</summary>
    /// <param name="weights">The weights that it acts on.</param>
    public abstract BoundConstraint Bind(ParameterSet weights);
}
