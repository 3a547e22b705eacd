namespace MLNet.GradStability;

/// <summary>The network at one step of a training, layer by layer.</summary>
/// <param name="Step">The number of the update, from 0.</param>
/// <param name="Loss">Its training loss, penalty included.</param>
/// <param name="LearningRate">Its learning rate.</param>
/// <param name="GradientNorm">The global gradient norm before any transform.</param>
/// <param name="Layers">The layers with parameters, and the activations, in the order in which the network registers them.</param>
public sealed record NetworkSample(long Step, double Loss, double LearningRate, double GradientNorm, IReadOnlyList<LayerSample> Layers)
{
    /// <summary>√E[x²] of the feature for which it is greatest, as the network received it; NaN when unknown.</summary>
    internal double LargestInput { get; init; } = double.NaN;

    /// <summary>Its median over the features.</summary>
    internal double TypicalInput { get; init; } = double.NaN;
}
