using Microsoft.ML;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The rows of a fit: those to train on and, where the options ask for them, those to validate with.</summary>
internal sealed class TrainingRows : IDisposable
{
    private TrainingRows(InputColumns columns, BatchSource training, BatchSource? validation)
    {
        Columns = columns;
        Training = training;
        Validation = validation;
    }

    /// <summary>The columns of the training data.</summary>
    public InputColumns Columns { get; }

    public BatchSource Training { get; }

    /// <summary>Rows that no step sees; null when there are none.</summary>
    public BatchSource? Validation { get; }

    /// <summary>Reads and checks all rows.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="options">The options.</param>
    /// <param name="rule">What a label must be.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="weights">The weights to start from, with the scaling that they want; null when there are none.</param>
    /// <param name="fingerprint">Takes in all rows; null when nobody asks.</param>
    /// <param name="ranks">The processes that share the rows; null for this one alone.</param>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">There are no rows to train on or to validate with, or one of them cannot be used.</exception>
    public static TrainingRows Read(
        IDataView data,
        NeuralNetworkOptions options,
        LabelRule rule,
        RunSeed seed,
        BoundStartingWeights? weights = null,
        RunFingerprint? fingerprint = null,
        ICollective? ranks = null)
    {
        var fraction = options.ValidationFraction;
        var part = fraction > 0 ? new RowPart(fraction, seed, IsValidation: false) : null;
        var columns = InputColumns.Find(data.Schema, options, rule);
        var kept = weights?.ScalingFor(columns.Inputs.Numbers);
        var rows = new RowSource(data, columns, rule, part, kept, fingerprint?.Rows, ranks);
        var training = BatchSource.Read(rows, options.BatchSize, (long)(options.MaxDataMemory * (1 - fraction)), kept is null ? options.InputScaling : null, seed, options.Network.Shape)
            ?? throw ColumnErrors.NoRows("training");
        try
        {
            rows = rows with { Scaling = training.Scaling };
            var validation = part is null ? ReadGiven(rows with { Hash = fingerprint?.ValidationRows }, options, seed) : ReadPart(rows with { Part = part with { IsValidation = true } }, training.Rows, options, seed);
            return new TrainingRows(rows.Columns, training, validation);
        }
        catch
        {
            training.Dispose();
            throw;
        }
    }

    /// <summary>A line for the log.</summary>
    public string Describe(int batchSize, Device device) => FormattableString.Invariant(
        $"{Training.Rows} rows of {Columns.Inputs.Describe()}, {Where(Training)}, batches of {Math.Min(batchSize, Training.Rows)}{(device.type == DeviceType.CPU ? string.Empty : $" on {device}")}{DescribeRanks()}{DescribeValidation()}");

    public void Dispose()
    {
        Training.Dispose();
        Validation?.Dispose();
    }

    private static BatchSource ReadPart(RowSource rows, long trainingRows, NeuralNetworkOptions options, RunSeed seed) =>
        BatchSource.Read(rows, options.BatchSize, (long)(options.MaxDataMemory * options.ValidationFraction), scaling: null, seed)
        ?? throw ColumnErrors.NoValidationRows(options.ValidationFraction, trainingRows);

    private static BatchSource? ReadGiven(RowSource training, NeuralNetworkOptions options, RunSeed seed)
    {
        if (options.ValidationData is not { } data)
        {
            return null;
        }

        try
        {
            var columns = InputColumns.Find(data.Schema, options, training.Rule);
            columns.CheckSameAs(training.Columns);
            return BatchSource.Read(training with { Data = data, Columns = columns }, options.BatchSize, options.MaxDataMemory, scaling: null, seed) ?? throw ColumnErrors.NoRows("validation");
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"Validation data: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"Validation data: {e.Message}", e);
        }
    }

    private string DescribeRanks() => Training.Ranks.Count > 1 ? FormattableString.Invariant($" shared by {Training.Ranks.Count} ranks") : string.Empty;

    private string DescribeValidation() => Validation is { } rows
        ? FormattableString.Invariant($"; {rows.Rows} rows for validation, {Where(rows)}")
        : string.Empty;

    private static string Where(BatchSource rows) => rows.IsStreamed ? "streamed every epoch" : "in memory";
}
