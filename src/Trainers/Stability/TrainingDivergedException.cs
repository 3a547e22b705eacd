namespace MLNet.GradStability;

/// <summary>Thrown by <c>Fit</c> under <see cref="DivergenceAction.Throw"/> when a training could not be saved.</summary>
/// <param name="result">What happened.</param>
public sealed class TrainingDivergedException(TrainingResult result) : InvalidOperationException(result?.StopReason.Sentence)
{
    /// <summary>What happened in the training, with all incidents.</summary>
    public TrainingResult Result { get; } = result!;
}
