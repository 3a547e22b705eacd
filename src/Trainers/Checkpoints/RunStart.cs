using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>What a run starts with: its rows, its seed, and the checkpoints to write and to go on from.</summary>
internal sealed class RunStart : IDisposable
{
    private RunStart(TrainingRows rows, RunSeed seed, BoundCheckpointing? checkpoints, BoundStartingWeights? weights)
    {
        Weights = weights;
        Rows = rows;
        Seed = seed;
        Checkpoints = checkpoints;
    }

    public TrainingRows Rows { get; }

    /// <summary>The seed: that of the checkpoint to go on from, where there is one.</summary>
    public RunSeed Seed { get; }

    /// <summary>The weights to start from; null for those of the initialiser alone.</summary>
    public BoundStartingWeights? Weights { get; }

    /// <summary>Null when the options ask for none.</summary>
    public BoundCheckpointing? Checkpoints { get; }

    /// <param name="data">The rows.</param>
    /// <param name="options">The options.</param>
    /// <param name="rule">What a label must be.</param>
    /// <param name="seed">The seed of a run that starts anew.</param>
    /// <param name="task">The kind of trainer.</param>
    /// <param name="log">Says what was found, and what went wrong.</param>
    /// <param name="weights">The weights to start from, which stay the caller's; null for none.</param>
    /// <param name="among">The processes that share the training; null for this one alone.</param>
    public static RunStart Read(
        IDataView data, NeuralNetworkOptions options, LabelRule rule, RunSeed seed, string task, RunLog log, BoundStartingWeights? weights = null, ICollective? among = null)
    {
        var ranks = among ?? SingleProcess.Instance;
        var fingerprint = options.Checkpoints is null && ranks.Count == 1 ? null : new RunFingerprint();
        var rows = ranks.Together(() => TrainingRows.Read(data, options, rule, seed, weights, fingerprint, ranks));
        try
        {
            var name = fingerprint?.Name(task, options, rows.Columns.Inputs, weights) ?? string.Empty;
            RunAgreement.OnRows(ranks, rows.Training.Rows, name);
            if (options.Checkpoints is not { } description)
            {
                return new RunStart(rows, seed, null, weights);
            }

            var checkpoints = new BoundCheckpointing(description, name, seed, log, ranks);
            if (checkpoints.Seed != seed)
            {
                // A seed that is drawn is drawn anew by each process; which rows are for validation hangs on it.
                rows.Dispose();
                rows = TrainingRows.Read(data, options, rule, checkpoints.Seed, weights, ranks: ranks);
            }

            return new RunStart(rows, checkpoints.Seed, checkpoints, weights);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Checkpoints?.Dispose();
        Rows.Dispose();
    }
}
