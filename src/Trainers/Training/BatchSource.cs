using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// Hands out shuffled mini-batches. The first pass over the data checks every row and gathers label statistics; rows that fit the memory
/// budget are kept, larger data is read again each epoch and shuffled buffer by buffer.
/// </summary>
internal sealed class BatchSource : IDisposable
{
    private const int LargestChunk = 1 << 28;
    private readonly RowSource _rows;
    private readonly int _batchSize;
    private readonly int _bufferRows;
    private readonly RowBuffer? _kept;
    private readonly RowShard _shard;
    private readonly SpareRow _spare;

    private BatchSource(RowSource rows, int batchSize, int bufferRows, RowBuffer? kept, LabelStatistics labels, KeyCounts? keys, SpareRow spare)
    {
        _shard = ShardOf(rows);
        _spare = spare;
        _rows = rows;
        _batchSize = batchSize;
        _bufferRows = bufferRows;
        _kept = kept;
        Labels = labels;
        Keys = keys;
    }

    /// <summary>What the labels of all rows look like.</summary>
    public LabelStatistics Labels { get; }

    /// <summary>Which keys the rows hold; null when they hold none.</summary>
    public KeyCounts? Keys { get; }

    /// <summary>How the numbers were scaled; null when they are as they came.</summary>
    public FeatureScaling? Scaling => _rows.Scaling;

    /// <summary>Numbers of a row; keys come behind them.</summary>
    public int Numbers => _rows.Columns.Inputs.Numbers;

    public long Rows => Labels.Rows;

    /// <summary>The processes that share the rows.</summary>
    public ICollective Ranks => _rows.Ranks ?? SingleProcess.Instance;

    public long BatchesPerEpoch => (Rows + _batchSize - 1) / _batchSize;

    /// <summary>Whether the data is read again each epoch.</summary>
    public bool IsStreamed => _kept is null;

    /// <summary>Reads and checks all rows; null when there are none.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="batchSize">Rows a batch, at most.</param>
    /// <param name="memory">Bytes for rows that are kept, or for the shuffle buffer, on each rank.</param>
    /// <param name="scaling">How these rows are to be scaled, by statistics of their own; null leaves them as <paramref name="rows"/> gives them.</param>
    /// <param name="seed">The run's seed; samples rows for the statistics.</param>
    /// <param name="shape">The shape in which the network sees a row; null when any vector will do.</param>
    /// <exception cref="InvalidOperationException">A row cannot be used, or all weigh nothing.</exception>
    public static BatchSource? Read(RowSource rows, int batchSize, long memory, InputScaling? scaling, RunSeed seed, FeatureShape? shape = null)
    {
        var columns = rows.Columns;
        var rowBytes = (columns.FeatureCount + columns.LabelCount + (columns.Weight is null ? 0L : 1L)) * sizeof(float);
        var most = Math.Min(memory / rowBytes, LargestChunk);
        var bufferRows = (int)Math.Max(batchSize, most / batchSize * batchSize);
        var labels = new LabelStatistics(columns.LabelCount, rows.Rule.HasClasses ? null : seed.ForSample());
        var numbers = columns.Inputs.Numbers;
        var summary = scaling is null || numbers == 0 ? null : new FeatureSummary(numbers, scaling.NeedsQuantiles ? seed.ForSample() : null, !scaling.NeedsQuantiles, shape);
        var keys = columns.Inputs.Keys.Count == 0 ? null : new KeyCounts(columns.Inputs);
        var shard = ShardOf(rows);
        float[]? first = null;
        float[] firstLabel = [];
        RowBuffer? buffer = rows.NewBuffer(bufferRows, (rows.Data.GetRowCount() + shard.Count - 1) / shard.Count);
        try
        {
            using var reader = rows.Open();
            var features = new float[columns.FeatureCount];
            while (reader.Read(features, out var weight))
            {
                if (first is null)
                {
                    (first, firstLabel) = ([.. features], reader.Label.ToArray());
                }

                var isHeld = shard.Holds(labels.Rows);
                labels.Add(reader.Label, weight);
                summary?.Add(features.AsSpan(0, numbers));
                keys?.Add(features, weight);
                if (buffer is not null && isHeld && !buffer.TryAdd(features, reader.Label, weight, reader.Row))
                {
                    buffer = null;
                }
            }

            if (labels is { Rows: > 0, WeightSum: <= 0 })
            {
                throw ColumnErrors.NoWeight(columns.Weight!.Value.Name);
            }
        }
        catch
        {
            buffer?.Dispose();
            throw;
        }

        if (first is null)
        {
            buffer?.Dispose();
            return null;
        }

        // One rank may hold a row more than another; all keep their rows, or none does.
        if (labels.Rows > (long)bufferRows * shard.Count)
        {
            buffer?.Dispose();
            buffer = null;
        }

        if (summary is not null)
        {
            rows = rows with { Scaling = scaling!.Fit(summary) };
            buffer?.Scale(rows.Scaling);
            rows.Scaling.Apply(first.AsSpan(0, numbers));
        }

        return new BatchSource(rows with { Hash = null }, batchSize, bufferRows, buffer, labels, keys, new SpareRow(first, firstLabel, columns.Weight is not null));
    }

    /// <summary>The batches of one epoch, in an order that depends on seed and epoch alone. The caller disposes each batch.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="task">Makes targets of labels.</param>
    /// <param name="skipBatches">Batches at the start that are left out, without making them.</param>
    public IEnumerable<Batch> Epoch(int epoch, RunSeed seed, LearningTask task, long skipBatches = 0)
    {
        if (_kept is not null)
        {
            return Shuffled(_kept, Rows, seed.ForOrder(epoch), task, skipBatches);
        }

        var (buffers, batches) = Math.DivRem(skipBatches, (long)_bufferRows * _shard.Count / _batchSize);
        return Buffers(_bufferRows, buffers).SelectMany((part, i) => Shuffled(part.Rows, part.RowsOfAll, seed.ForOrder(epoch, (int)buffers + i), task, i == 0 ? batches : 0));
    }

    /// <summary>All rows that this rank holds in reading order, so many a batch, the last may have fewer. The caller disposes each batch.</summary>
    public IEnumerable<Batch> EpochInOrder(LearningTask task, int batchSize) => _kept is not null
        ? InOrder(_kept, task, batchSize)
        : Buffers(batchSize).SelectMany(part => InOrder(part.Rows, task, batchSize));

    /// <summary>The features of the first batch of the first epoch, all of it on each rank, for initialisers that look at data; the caller's scope disposes them.</summary>
    public Tensor FirstFeatures(RunSeed seed, LearningTask task)
    {
        var first = Epoch(1, seed, task).First();
        first.Targets.Dispose();
        first.Weights?.Dispose();
        return Ranks.GatherRows(first.Features.narrow(0, 0, first.Counted));
    }

    public void Dispose() => _kept?.Dispose();

    private static RowShard ShardOf(RowSource rows) => new(rows.Ranks?.Rank ?? 0, rows.Ranks?.Count ?? 1);

    /// <summary>Reads the data anew, so many rows at a time on each rank; each buffer is freed when the next is asked for.</summary>
    private IEnumerable<(RowBuffer Rows, long RowsOfAll)> Buffers(int size, long skip = 0)
    {
        var most = (long)size * _shard.Count;
        using var reader = _rows.Open();
        reader.Skip(skip * most);
        var features = new float[_rows.Columns.FeatureCount];
        for (var more = true; more;)
        {
            using var rows = _rows.NewBuffer(size, size);
            var read = 0L;
            for (; read < most && (more = Next(read)); read++)
            {
            }

            if (read > 0)
            {
                yield return (rows, read);
            }

            bool Next(long place)
            {
                if (!_shard.Holds(place))
                {
                    return reader.Skip(1);
                }

                return reader.Read(features, out var weight) && rows.TryAdd(features, reader.Label, weight, reader.Row);
            }
        }
    }

    private IEnumerable<Batch> Shuffled(RowBuffer rows, long rowsOfAll, Random random, LearningTask task, long skipBatches)
    {
        var all = RowShard.InOrder(rowsOfAll);
        random.Shuffle(all);
        var (order, starts) = _shard.Deal(all, _batchSize);
        using var features = rows.Features;
        using var weights = rows.Weights;
        using var targets = rows.Targets(task);
        for (var i = skipBatches; i < starts.Length - 1; i++)
        {
            var (first, count) = (starts[i], starts[i + 1] - starts[i]);
            var ofAll = Math.Min(_batchSize, rowsOfAll - (i * _batchSize));
            if (count == 0)
            {
                yield return _spare.Batch(task, ofAll);
                continue;
            }

            using var chosen = tensor(order[first..(first + count)]);
            yield return new Batch(
                features.index_select(0, chosen),
                targets.index_select(0, chosen),
                weights?.index_select(0, chosen),
                () => rows.Numbers.At(order.AsSpan(first, count)))
            {
                RowsOfAll = ofAll,
            };
        }
    }

    private static IEnumerable<Batch> InOrder(RowBuffer rows, LearningTask task, int batchSize)
    {
        var places = RowShard.InOrder(rows.Count);
        using var features = rows.Features;
        using var weights = rows.Weights;
        using var targets = rows.Targets(task);
        for (var start = 0; start < places.Length; start += batchSize)
        {
            var (first, count) = (start, Math.Min(batchSize, places.Length - start));
            yield return new Batch(
                features.narrow(0, first, count),
                targets.narrow(0, first, count),
                weights?.narrow(0, first, count),
                () => rows.Numbers.At(places.AsSpan(first, count)));
        }
    }
}
