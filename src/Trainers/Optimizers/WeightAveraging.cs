using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// Describes an average of the weights along the training, which <c>Fit</c> returns in place of the last weights. Weights enter it once a loss
/// computed with them was finite. Biases and normalisation parameters are averaged too; frozen layers stay as they are.
/// </summary>
/// <remarks>Afterwards the running statistics of batch norms are recomputed over the training rows, with all other layers as in evaluation.</remarks>
public abstract record WeightAveraging
{
    private protected WeightAveraging()
    {
    }

    /// <summary>
    /// Exponential moving average over the steps: m ← d·m + (1 − d)·w, m starting at the first weights (Polyak and Juditsky 1992; arXiv:1703.01780).
    /// </summary>
    /// <param name="decay">d, 0 ≤ d &lt; 1; default 0.999: about the last thousand steps. Early on min(d, (1 + t)/(10 + t)) holds, t counting updates from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is out of range.</exception>
    public static WeightAveraging Ema(double decay = 0.999) => new EmaAveraging(decay);

    /// <summary>
    /// Stochastic weight averaging: the plain mean of the weights at the ends of the epochs after the first <paramref name="startFraction"/> of
    /// the training (Izmailov et al. 2018, arXiv:1803.05407). It wants a rate that does not fall to 0: the paper uses a high constant one.
    /// </summary>
    /// <param name="startFraction">Share of the epochs that are left out, 0 ≤ share &lt; 1; default 0.75. The last epoch always counts.</param>
    /// <remarks>A training that ends before the first such epoch keeps its last weights.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    public static WeightAveraging Swa(double startFraction = 0.75) => new SwaAveraging(startFraction);

    /// <summary>Makes the state of one fit.</summary>
    /// <param name="values">The weights, flat; they are what is averaged, and what the average is written to.</param>
    /// <param name="epochs">Epochs of the run.</param>
    internal abstract BoundWeightAveraging Bind(Tensor values, int epochs);
}
