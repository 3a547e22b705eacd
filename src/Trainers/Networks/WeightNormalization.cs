using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>Another form of the weights of linear layers that keeps their size apart from their direction.</summary>
public abstract record WeightNormalization
{
    private protected WeightNormalization()
    {
    }

    /// <summary>
    /// W = g·v/‖v‖ for each output unit, v and g learned: the length of a weight row no longer depends on its direction (Salimans and Kingma
    /// 2016, arXiv:1602.07868). Starts at W = v with g = ‖v‖; a row of zeros starts with g = 0. Penalties and decay act on v.
    /// </summary>
    public static WeightNormalization Weight() => new WeightNormalizationKind();

    /// <summary>
    /// W/σ(W), σ the largest singular value: the layer enlarges no input (Miyato et al. 2018, arXiv:1802.05957). σ comes from a running
    /// power iteration, whose vectors are stored with the network. The scale that an initialiser gives such a weight has no effect, so that signals
    /// fade in deep plain ReLU networks (20 layers learn nothing); residual blocks or normalisation keep them.
    /// </summary>
    /// <param name="powerIterations">Iterations a training step, 1 or more; default 1.</param>
    public static WeightNormalization Spectral(int powerIterations = 1) => new SpectralNormalizationKind(powerIterations);

    internal abstract Module<Tensor, Tensor> Linear(int inputs, int outputs);

    [DescriptionKind("weight")]
    private sealed record WeightNormalizationKind : WeightNormalization
    {
        internal override Module<Tensor, Tensor> Linear(int inputs, int outputs) => new WeightNormalizedLinear(inputs, outputs);
    }

    [DescriptionKind("spectral")]
    private sealed record SpectralNormalizationKind : WeightNormalization
    {
        public SpectralNormalizationKind(int powerIterations) =>
            PowerIterations = Require.AtLeastOne(powerIterations, "WeightNormalization.Spectral", nameof(powerIterations), "1 is enough, since the vectors are kept from step to step.");

        public int PowerIterations { get; }

        internal override Module<Tensor, Tensor> Linear(int inputs, int outputs) => new SpectralNormalizedLinear(inputs, outputs, PowerIterations);
    }
}
