namespace MLNet.GradStability;

/// <summary>
/// Describes a penalty on the weights that is added to the loss. Penalties add up, <c>a.And(b)</c>, and narrow to layers by name,
/// <c>a.Where("hidden*")</c>.
/// </summary>
/// <remarks>
/// Biases and normalisation parameters are left out: a penalty sees parameters of two dimensions or more. Values and gradients are exact;
/// the gradient joins the loss's before clipping. A NaN weight gives a NaN penalty, at which the training loop skips the step.
/// For a penalty of your own derive from <see cref="WeightRegularizer"/>.
/// </remarks>
public abstract record Regularizer
{
    /// <summary>λ·Σ|w|, with gradient λ·sign(w), 0 at w = 0 (Tibshirani 1996). Drives weights that matter little to about 0.</summary>
    /// <param name="lambda">λ; finite and greater than 0. Usual values are 1e-6 to 1e-3.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is not finite or not greater than 0.</exception>
    public static Regularizer L1(double lambda) => new L1Regularizer(lambda);

    /// <summary>λ·Σw², with gradient 2λw. Keeps weights small.</summary>
    /// <param name="lambda">λ; finite and greater than 0. Usual values are 1e-5 to 1e-2.</param>
    /// <remarks>PyTorch's <c>weight_decay=d</c> of plain SGD equals λ = d/2.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">λ is not finite or not greater than 0.</exception>
    public static Regularizer L2(double lambda) => new L2Regularizer(lambda);

    /// <summary>λ₁·Σ|w| + λ₂·Σw², with gradient λ₁·sign(w) + 2λ₂w (Zou and Hastie 2005): both penalties in one pass.</summary>
    /// <param name="l1">λ₁; finite, 0 or greater.</param>
    /// <param name="l2">λ₂; finite, 0 or greater; at least one of the two is above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or both are 0.</exception>
    public static Regularizer ElasticNet(double l1, double l2) => new ElasticNetRegularizer(l1, l2);

    /// <summary>
    /// λ·Σ‖WWᵀ − I‖²_F over the weights W, each flattened to <c>[out, rest]</c>, with gradient 4λ(WWᵀ − I)W: keeps the singular values near 1,
    /// so that layers neither grow nor shrink what passes through them (Brock et al. 2017, arXiv:1609.07093; Bansal et al. 2018, arXiv:1810.09102).
    /// </summary>
    /// <param name="lambda">λ; finite and greater than 0. Usual values are 1e-4 to 1e-2.</param>
    /// <remarks>
    /// A weight with more rows than columns uses WᵀW − I instead: rows outnumbering their dimension cannot all be orthogonal, and the two differ by
    /// a constant alone. Costs out·rest·min(out, rest) multiplications a step and weight. It pulls the gain to 1, which suits linear, tanh and SELU
    /// layers; for ReLU layers combine it with a normalisation.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">λ is not finite or not greater than 0.</exception>
    public static Regularizer Orthogonality(double lambda) => new OrthogonalityRegularizer(lambda);

    /// <summary>The sum of this penalty and <paramref name="other"/>.</summary>
    /// <param name="other">The penalty to add; the order does not matter.</param>
    /// <exception cref="ArgumentNullException">The penalty is null.</exception>
    public Regularizer And(Regularizer other) => new RegularizerSum([this, other]);

    /// <summary>This penalty for the weights whose name fits <paramref name="pattern"/> alone.</summary>
    /// <param name="pattern">A name or layer name, <c>*</c> for any characters and <c>?</c> for one: <c>hidden0.weight</c>, <c>hidden*</c>.</param>
    /// <exception cref="ArgumentException">The pattern is empty. A pattern that fits no weight is an error when <c>Fit</c> starts.</exception>
    public Regularizer Where(string pattern) => new RegularizerWhere(this, pattern);

    /// <summary>Makes the penalty's state for one fit.</summary>
    /// <param name="weights">The weights that the penalty acts on.</param>
    public abstract BoundRegularizer Bind(ParameterSet weights);
}
