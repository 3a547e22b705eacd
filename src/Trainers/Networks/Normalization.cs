using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>
/// A layer that brings the numbers in front of each activation to mean 0 and variance 1, then scales and shifts each unit by learned numbers that
/// start at 1 and 0: y = γ·(x − mean)/√(variance + ε) + β. The kinds differ in what mean and variance are taken over. A NaN in the input makes NaN of
/// what is normalised together with it.
/// </summary>
public abstract record Normalization
{
    private protected Normalization(double epsilon, string owner) =>
        Epsilon = Require.Positive(epsilon, owner, nameof(epsilon), "Leave it at 1e-5.");

    /// <summary>ε, added to the variance. Default 1e-5.</summary>
    public double Epsilon { get; }

    /// <summary>
    /// Batch normalisation: each unit over the rows of the mini-batch in training, by running statistics when scoring (Ioffe and Szegedy 2015,
    /// arXiv:1502.03167).
    /// </summary>
    /// <remarks>
    /// Departures: a batch of one row is normalised by the running statistics, since it has no variance of its own; batch statistics that are not
    /// finite never enter the running ones.
    /// </remarks>
    /// <param name="momentum">Share of the newest batch in the running statistics, 0 &lt; momentum &lt; 1; default 0.1.</param>
    /// <param name="epsilon">ε; finite and greater than 0; default 1e-5.</param>
    public static Normalization Batch(double momentum = 0.1, double epsilon = 1e-5) => new BatchKind(momentum, epsilon);

    /// <summary>Layer normalisation: each row over all units of the layer, in training and scoring alike (Ba et al. 2016, arXiv:1607.06450).</summary>
    /// <param name="epsilon">ε; finite and greater than 0; default 1e-5.</param>
    public static Normalization Layer(double epsilon = 1e-5) => new LayerKind(epsilon);

    /// <summary>Group normalisation: each row over groups of neighbouring units, in training and scoring alike (Wu and He 2018, arXiv:1803.08494).</summary>
    /// <param name="groups">Number of groups, 1 or more; it must divide the width of every hidden layer into groups of two units or more.</param>
    /// <param name="epsilon">ε; finite and greater than 0; default 1e-5.</param>
    public static Normalization Group(int groups, double epsilon = 1e-5) => new GroupKind(groups, epsilon);

    internal abstract Module<Tensor, Tensor> Create(int width);

    /// <summary>Throws when a layer of this width cannot be normalised so.</summary>
    internal virtual void Check(int width, string owner, string name)
    {
    }

    [DescriptionKind("batch")]
    private sealed record BatchKind : Normalization
    {
        private const string Owner = "Normalization.Batch";

        public BatchKind(double momentum, double epsilon)
            : base(epsilon, Owner) =>
            Momentum = Require.That(momentum is > 0 and < 1, momentum, Owner, nameof(momentum), "be greater than 0 and below 1", "Leave it at 0.1.");

        public double Momentum { get; }

        internal override Module<Tensor, Tensor> Create(int width) => new BatchNormalizationLayer(width, Momentum, Epsilon);
    }

    [DescriptionKind("layer")]
    private sealed record LayerKind : Normalization
    {
        public LayerKind(double epsilon)
            : base(epsilon, "Normalization.Layer")
        {
        }

        internal override Module<Tensor, Tensor> Create(int width) => new GroupNormalizationLayer(width, 1, Epsilon);

        internal override void Check(int width, string owner, string name) =>
            Require.That(width >= 2, width, owner, name, "hold widths of 2 or more for layer normalisation, which would make 0 of a single unit", "Use wider layers or Normalization.Batch().");
    }

    [DescriptionKind("group")]
    private sealed record GroupKind : Normalization
    {
        private const string Owner = "Normalization.Group";

        public GroupKind(int groups, double epsilon)
            : base(epsilon, Owner) =>
            Groups = Require.AtLeastOne(groups, Owner, nameof(groups), "Usual values are 2 to 32.");

        public int Groups { get; }

        internal override Module<Tensor, Tensor> Create(int width) => new GroupNormalizationLayer(width, Groups, Epsilon);

        internal override void Check(int width, string owner, string name) =>
            Require.That(
                width % Groups == 0 && width / Groups >= 2, width, owner, name, $"hold widths that {Groups} groups divide into two units or more", "Choose other widths or another number of groups.");
    }
}
