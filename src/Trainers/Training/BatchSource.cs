using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// Hands out shuffled mini-batches. The first pass over the data checks every row and gathers label statistics; rows that fit the memory
/// budget are kept, larger data is read again each epoch and shuffled buffer by buffer.
/// </summary>
internal sealed class BatchSource : IDisposable
{
    private const int LargestChunk = 1 << 28;
    private readonly IDataView _data;
    private readonly InputColumns _columns;
    private readonly LabelRule _rule;
    private readonly int _batchSize;
    private readonly int _bufferRows;
    private readonly RowBuffer? _kept;

    private BatchSource(IDataView data, InputColumns columns, LabelRule rule, int batchSize, int bufferRows, RowBuffer? kept, LabelStatistics labels)
    {
        _data = data;
        _columns = columns;
        _rule = rule;
        _batchSize = batchSize;
        _bufferRows = bufferRows;
        _kept = kept;
        Labels = labels;
    }

    /// <summary>What the labels of all rows look like.</summary>
    public LabelStatistics Labels { get; }

    public long Rows => Labels.Rows;

    public long BatchesPerEpoch => (Rows + _batchSize - 1) / _batchSize;

    /// <summary>Whether the data is read again each epoch.</summary>
    public bool IsStreamed => _kept is null;

    /// <summary>Reads and checks all rows.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="rule">What a label must be.</param>
    /// <param name="batchSize">Rows a batch, at most.</param>
    /// <param name="memory">Bytes for rows that are kept, or for the shuffle buffer.</param>
    /// <exception cref="InvalidOperationException">There are no rows, or one of them cannot be used.</exception>
    public static BatchSource Read(IDataView data, InputColumns columns, LabelRule rule, int batchSize, long memory)
    {
        var rowBytes = (columns.FeatureCount + (columns.Weight is null ? 1L : 2L)) * sizeof(float);
        var most = Math.Min(memory / rowBytes, LargestChunk);
        var bufferRows = (int)Math.Max(batchSize, most / batchSize * batchSize);
        var labels = new LabelStatistics();
        var buffer = new RowBuffer(columns.FeatureCount, columns.Weight is not null, data.GetRowCount(), bufferRows);
        using (var reader = new RowReader(data, columns, rule))
        {
            var row = new float[columns.FeatureCount];
            while (reader.Read(row, out var label, out var weight))
            {
                labels.Add(label, weight);
                if (buffer is not null && !buffer.TryAdd(row, label, weight))
                {
                    buffer = null;
                }
            }
        }

        if (labels.Rows == 0)
        {
            throw ColumnErrors.NoRows("training");
        }

        if (labels.WeightSum <= 0)
        {
            throw ColumnErrors.NoWeight(columns.Weight!.Value.Name);
        }

        return new BatchSource(data, columns, rule, batchSize, bufferRows, buffer, labels);
    }

    /// <summary>The batches of one epoch, in an order that depends on seed and epoch alone. The caller disposes each batch.</summary>
    public IEnumerable<Batch> Epoch(int epoch, RunSeed seed, LearningTask task) =>
        _kept is { } kept ? Shuffled(kept, seed.ForOrder(epoch), task) : Streamed(epoch, seed, task);

    /// <summary>The features of the first batch of the first epoch, for initialisers that look at data; the caller's scope disposes them.</summary>
    public Tensor FirstFeatures(RunSeed seed, LearningTask task)
    {
        var first = Epoch(1, seed, task).First();
        first.Targets.Dispose();
        first.Weights?.Dispose();
        return first.Features;
    }

    public void Dispose() => _kept?.Dispose();

    private IEnumerable<Batch> Streamed(int epoch, RunSeed seed, LearningTask task)
    {
        using var reader = new RowReader(_data, _columns, _rule);
        var row = new float[_columns.FeatureCount];
        var more = true;
        for (var index = 0; more; index++)
        {
            using var buffer = new RowBuffer(_columns.FeatureCount, _columns.Weight is not null, _bufferRows, _bufferRows);
            while (buffer.Count < _bufferRows && (more = reader.Read(row, out var label, out var weight)))
            {
                buffer.TryAdd(row, label, weight);
            }

            foreach (var batch in Shuffled(buffer, seed.ForOrder(epoch, index), task))
            {
                yield return batch;
            }
        }
    }

    private IEnumerable<Batch> Shuffled(RowBuffer rows, Random random, LearningTask task)
    {
        if (rows.Count == 0)
        {
            yield break;
        }

        var order = new long[rows.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        random.Shuffle(order);
        using var indices = tensor(order);
        using var features = rows.Features;
        using var labels = rows.Labels;
        using var weights = rows.Weights;
        using var targets = task.Targets(labels);
        for (var start = 0; start < order.Length; start += _batchSize)
        {
            using var chosen = indices.narrow(0, start, Math.Min(_batchSize, order.Length - start));
            yield return new Batch(
                features.index_select(0, chosen),
                targets.index_select(0, chosen),
                weights?.index_select(0, chosen));
        }
    }
}
