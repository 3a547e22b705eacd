namespace MLNet.GradStability;

/// <summary>How long a run is.</summary>
/// <param name="Steps">Updates of the whole run, at least 1.</param>
/// <param name="StepsPerEpoch">Updates of one epoch, at least 1.</param>
public readonly record struct RunLength(long Steps, long StepsPerEpoch)
{
    // Fewer updates leave tables of some hundred rows under-trained, many more over-trained; docs/stability.md has the numbers.
    private const long FewestSteps = 300;
    private const long EnoughSteps = 3000;
    private const long FewestEpochs = 20;
    private const long UsualEpochs = 60;

    /// <summary>Epochs of the whole run.</summary>
    internal int Epochs => (int)(Steps / StepsPerEpoch);

    /// <summary>The length that options ask for, or else a good one.</summary>
    internal static RunLength Of(NeuralNetworkOptions options, long batchesPerEpoch)
    {
        var stepsPerEpoch = (batchesPerEpoch + options.AccumulationSteps - 1) / options.AccumulationSteps;
        var epochs = options.Epochs ?? Math.Max(EpochsOf(FewestSteps), Math.Clamp(EpochsOf(EnoughSteps), FewestEpochs, UsualEpochs));
        return new RunLength(stepsPerEpoch * epochs, stepsPerEpoch);

        long EpochsOf(long steps) => (steps + stepsPerEpoch - 1) / stepsPerEpoch;
    }
}
