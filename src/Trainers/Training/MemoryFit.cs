namespace MLNet.GradStability;

/// <summary>Keeps passes within the memory of the device: a mini-batch that does not fit goes through in halves, where the options ask for that, and is an error that says what would do where they do not.</summary>
/// <param name="options">The options.</param>
/// <param name="device">The device, for messages.</param>
/// <param name="exchange">Writes and reads what a pass changes besides the gradients: random state and running statistics.</param>
/// <param name="warn">Told when batches are halved.</param>
internal sealed class MemoryFit(NeuralNetworkOptions options, string device, Action<RunState> exchange, Action<string> warn) : IDisposable
{
    // What libtorch says of a GPU, and of the processor.
    private static readonly string[] Signs = ["out of memory", "can't allocate memory", "not enough memory"];
    private readonly StateSnapshot _before = new();
    private long _most = long.MaxValue;

    /// <summary>Makes a pass over mini-batches, from the same state as often as it takes.</summary>
    /// <param name="microBatches">The rows.</param>
    /// <param name="pass">The pass; it frees what it made when it fails.</param>
    /// <exception cref="InvalidOperationException">They do not fit.</exception>
    public T Run<T>(Batch[] microBatches, Func<Batch[], T> pass)
    {
        if (options.HalveBatchOnOutOfMemory)
        {
            _before.Capture(exchange);
        }

        while (true)
        {
            Batch[] parts = [.. microBatches.SelectMany(batch => batch.Parts(_most))];
            try
            {
                return pass(parts);
            }
            catch (Exception e) when (IsOutOfMemory(e))
            {
                var rows = parts.Max(part => part.Rows);
                if (!options.HalveBatchOnOutOfMemory || rows == 1)
                {
                    throw TooLarge(rows, e);
                }

                _most = (rows + 1) / 2;
                warn(FormattableString.Invariant($"Out of memory on {device} with {rows} rows a pass: from here on mini-batches go through in parts of at most {_most} rows, to the same updates, as HalveBatchOnOutOfMemory says."));
                _before.Restore(exchange);
            }
        }
    }

    public void Dispose() => _before.Dispose();

    private static bool IsOutOfMemory(Exception e) => e is OutOfMemoryException || Array.Exists(Signs, sign => e.Message.Contains(sign, StringComparison.OrdinalIgnoreCase));

    private InvalidOperationException TooLarge(long rows, Exception cause)
    {
        var said = cause.Message.Split('\n')[0];
        var half = (options.BatchSize + 1) / 2;
        return new InvalidOperationException(
            rows == 1
                ? $"NeuralNetworkOptions: a pass over a single row must fit into the memory of {device}; it does not: {said} Choose a smaller network, or a device with more memory."
                : FormattableString.Invariant($"NeuralNetworkOptions: BatchSize must be so small that a pass fits into the memory of {device}; one over {rows} rows does not: {said} Set BatchSize to {half} and AccumulationSteps to {2 * options.AccumulationSteps} for the same updates, or set HalveBatchOnOutOfMemory to true to have that done until it fits."),
            cause);
    }
}
