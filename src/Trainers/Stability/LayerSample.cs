namespace MLNet.GradStability;

/// <summary>One layer at one step. What does not apply to a layer is NaN: an activation has no weights, a frozen layer no gradient.</summary>
/// <param name="Layer">The layer's name, such as <c>hidden0</c> or <c>activation0</c>.</param>
/// <param name="GradientNorm">‖g‖₂ over its parameters, before any transform.</param>
/// <param name="WeightNorm">‖w‖₂ over its parameters, before the update.</param>
/// <param name="UpdateRatio">‖Δw‖/‖w‖: how far the update moved it, measured against its size. About 1e-3 is usual.</param>
/// <param name="ActivationMean">Mean of its outputs over the batch.</param>
/// <param name="ActivationDeviation">Their standard deviation.</param>
/// <param name="DeadShare">
/// Of an activation layer, the share that no longer answers to the input. For tanh and sigmoid: of outputs within 1.5 % of a bound of their range. For all
/// others: of units that gave one and the same number for every row of the batch, and of the watched batches before it until these are 256 rows.
/// </param>
public sealed record LayerSample(
    string Layer,
    double GradientNorm,
    double WeightNorm,
    double UpdateRatio,
    double ActivationMean,
    double ActivationDeviation,
    double DeadShare);
