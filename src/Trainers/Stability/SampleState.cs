namespace MLNet.GradStability;

/// <summary>The samples of a run as a row of numbers: for a checkpoint they are many.</summary>
internal static class SampleState
{
    private const int OfSample = 6;
    private const int OfLayer = 6;

    public static void Exchange(RunState state, IReadOnlyList<WatchedLayer> layers, List<NetworkSample> samples)
    {
        var numbers = samples.SelectMany(Numbers).ToList();
        state.Exchange("samples", numbers);
        samples.Clear();
        samples.AddRange(numbers.Chunk(OfSample + (OfLayer * layers.Count)).Select(chunk => Sample(chunk, layers)));
    }

    private static IEnumerable<double> Numbers(NetworkSample sample) =>
    [
        sample.Step, sample.Loss, sample.LearningRate, sample.GradientNorm, sample.LargestInput, sample.TypicalInput,
        .. sample.Layers.SelectMany(layer => new[]
        {
            layer.GradientNorm, layer.WeightNorm, layer.UpdateRatio, layer.ActivationMean, layer.ActivationDeviation, layer.DeadShare,
        }),
    ];

    private static NetworkSample Sample(double[] numbers, IReadOnlyList<WatchedLayer> layers) =>
        new((long)numbers[0], numbers[1], numbers[2], numbers[3], [.. numbers.Skip(OfSample).Chunk(OfLayer).Zip(layers, Layer)])
        {
            LargestInput = numbers[4],
            TypicalInput = numbers[5],
        };

    private static LayerSample Layer(double[] numbers, WatchedLayer layer) => new(layer.Name, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
}
