using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>What a callback is told when a fit begins.</summary>
/// <param name="Network">The network in training; its weights may be read, and changed in place.</param>
/// <param name="MetricName">Name of the metrics: accuracy or RMSE.</param>
/// <param name="HigherMetricIsBetter">Whether a higher metric is better, as for accuracy.</param>
/// <param name="HasValidation">Whether each epoch is measured on validation rows.</param>
/// <param name="StepsPerEpoch">Steps an epoch.</param>
/// <param name="Epochs">Epochs of the whole run.</param>
/// <param name="Rows">Training rows.</param>
/// <param name="Options">The options of the fit.</param>
/// <param name="Log">Writes a line to the log of the MLContext.</param>
/// <param name="Warn">Writes a warning to it.</param>
public sealed record CallbackScope(
    nn.Module<Tensor, Tensor> Network,
    string MetricName,
    bool HigherMetricIsBetter,
    bool HasValidation,
    long StepsPerEpoch,
    int Epochs,
    long Rows,
    NeuralNetworkOptions Options,
    Action<string> Log,
    Action<string> Warn)
{
    /// <summary>Which of the processes that share the training this is; 0, the default, is the one to write files. Every rank calls its callbacks, with its own rows before a step.</summary>
    public int Rank { get; init; }
}
