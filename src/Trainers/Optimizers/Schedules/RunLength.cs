namespace MLNet.GradStability;

/// <summary>How long a run is.</summary>
/// <param name="Steps">Updates of the whole run, at least 1.</param>
/// <param name="StepsPerEpoch">Updates of one epoch, at least 1.</param>
public readonly record struct RunLength(long Steps, long StepsPerEpoch)
{
    // Fewer updates leave small tables under-trained, fewer passes large ones; the numbers are measured in docs/stability.md.
    private const long FewestSteps = 2000;
    private const long FewestEpochs = 20;

    /// <summary>Epochs of the whole run.</summary>
    internal int Epochs => (int)(Steps / StepsPerEpoch);

    /// <summary>The length that options ask for, or else a good one.</summary>
    internal static RunLength Of(NeuralNetworkOptions options, long batchesPerEpoch)
    {
        var stepsPerEpoch = (batchesPerEpoch + options.AccumulationSteps - 1) / options.AccumulationSteps;
        var epochs = options.Epochs ?? Math.Max(FewestEpochs, (FewestSteps + stepsPerEpoch - 1) / stepsPerEpoch);
        return new RunLength(stepsPerEpoch * epochs, stepsPerEpoch);
    }
}
