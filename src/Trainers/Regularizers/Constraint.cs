namespace MLNet.GradStability;

/// <summary>
/// Describes a set that weights are brought back into after each optimiser step. Constraints follow one another, <c>a.Then(b)</c>, and narrow to
/// layers by name, <c>a.Where("hidden*")</c>. Biases and normalisation parameters are left alone. A NaN weight stays NaN.
/// </summary>
public abstract record Constraint
{
    /// <summary>
    /// Scales down each unit's incoming weights (a row of <c>[out, in]</c>, a filter of a convolution) whose norm ‖w‖₂ exceeds
    /// <paramref name="maxNorm"/>: w ← w · min(1, maxNorm/‖w‖₂) (Srivastava et al. 2014).
    /// </summary>
    /// <param name="maxNorm">The largest norm; finite and greater than 0. Usual values are 2 to 4.</param>
    /// <exception cref="ArgumentOutOfRangeException">The norm is not finite or not greater than 0.</exception>
    public static Constraint MaxNorm(double maxNorm) => new MaxNormConstraint(maxNorm);

    /// <summary>
    /// Scales each unit's incoming weights (a row of <c>[out, in]</c>, a filter of a convolution) to length 1: w ← w/‖w‖₂. A row of zeros, or one
    /// whose entries are all below 1e-38, has no direction and stays.
    /// </summary>
    public static Constraint UnitNorm() => new UnitNormConstraint();

    /// <summary>Sets negative weights to 0: w ← max(w, 0).</summary>
    public static Constraint NonNegative() => new NonNegativeConstraint();

    /// <summary>This constraint first, then <paramref name="next"/>, which has the last word.</summary>
    /// <param name="next">The constraint that works on the result of this one.</param>
    /// <exception cref="ArgumentNullException">The constraint is null.</exception>
    public Constraint Then(Constraint next) => new ConstraintChain([this, next]);

    /// <summary>This constraint for the weights whose name fits <paramref name="pattern"/> alone.</summary>
    /// <param name="pattern">A name or layer name, <c>*</c> for any characters and <c>?</c> for one: <c>hidden0.weight</c>, <c>hidden*</c>.</param>
    /// <exception cref="ArgumentException">The pattern is empty. A pattern that fits no weight is an error when <c>Fit</c> starts.</exception>
    public Constraint Where(string pattern) => new ConstraintWhere(this, pattern);

    /// <summary>Makes the constraint's state for one fit.</summary>
    /// <param name="weights">The weights that it acts on.</param>
    public abstract BoundConstraint Bind(ParameterSet weights);
}
