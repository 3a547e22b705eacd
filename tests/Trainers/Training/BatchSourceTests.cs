using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Training;

/// <summary>Every row comes once an epoch, in an order of its own, from memory or streamed, and cursors are closed.</summary>
public sealed class BatchSourceTests
{
    private const int Rows = 700_00;
    private static readonly RegressionTask Task = new(0, 1, RegressionLoss.Mse());
    private readonly MLContext _ml = new(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_row_comes_once_an_epoch(bool streamed)
    {
        using var source = Source(streamed, out _);
        Assert.Equal(streamed, source.IsStreamed);
        Assert.Equal(Rows, source.Rows);
        var first = Labels(source, epoch: 1);
        var second = Labels(source, epoch: 2);
        Assert.Equal(Enumerable.Range(0, Rows), first.Order());
        Assert.Equal(Enumerable.Range(0, Rows), second.Order());
        Assert.NotEqual(first, second);
        Assert.NotEqual(first.Order(), first);
        Assert.Equal(first, Labels(source, epoch: 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Features_and_weights_stay_beside_their_labels(bool streamed)
    {
        using var source = Source(streamed, out _, weighted: true);
        foreach (var batch in source.Epoch(1, new RunSeed(1), Task))
        {
            using (batch)
            {
                var labels = batch.Targets.ToArray();
                Assert.Equal(labels, batch.Weights!.ToArray().Select(weight => weight * 2));
                Assert.Equal(labels.SelectMany(label => new[] { label / 8, -label }), batch.Features.ToArray());
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Row_ids_are_the_numbers_of_the_rows(bool streamed)
    {
        using var source = Source(streamed, out _);
        foreach (var batch in source.Epoch(1, new RunSeed(1), Task).Concat(source.EpochInOrder(Task, 100)))
        {
            var labels = batch.Targets.ToArray();
            batch.Dispose();
            Assert.Equal(labels, batch.RowIds().Select(id => (double)id));
        }
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2187)]
    [InlineData(true, 1)]
    [InlineData(true, 260)]
    [InlineData(true, 999)]
    [InlineData(true, 2187)]
    [InlineData(true, 2188)]
    [InlineData(true, 5000)]
    public void An_epoch_can_start_later_in_the_same_order(bool streamed, int skip)
    {
        using var source = Source(streamed, out _);
        Assert.Equal(Labels(source, epoch: 3).Skip(skip * 32), Labels(source, epoch: 3, skip));
    }

    [Theory]
    [InlineData(false, 32)]
    [InlineData(true, 32)]
    [InlineData(true, 70_000)]
    [InlineData(true, 35_000)]
    public void All_rows_in_reading_order(bool streamed, int batchSize)
    {
        using var source = Source(streamed, out _);
        var batches = source.EpochInOrder(Task, batchSize).ToList();
        Assert.Equal(Enumerable.Range(0, Rows).Select(row => (double)row), batches.SelectMany(batch => batch.Targets.ToArray()));
        Assert.Equal((Rows + batchSize - 1) / batchSize, batches.Count);
        batches.ForEach(batch => batch.Dispose());
    }

    [Fact]
    public void The_statistics_are_those_of_all_labels()
    {
        using var source = Source(streamed: true, out _);
        Assert.Equal((Rows - 1) / 2.0, source.Labels.Mean(), 1e-6);
        Assert.Equal(Math.Sqrt((((double)Rows * Rows) - 1) / 12), source.Labels.Deviation(), 1e-6);
        Assert.Equal((0f, Rows - 1f), (source.Labels.Min(), source.Labels.Max()));
        Assert.Equal((Rows + 31) / 32, source.BatchesPerEpoch);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cursors_are_closed(bool streamed)
    {
        using (var source = Source(streamed, out var data))
        {
            Assert.Equal((1, 1), (data.Opened, data.Closed));
            Labels(source, 1);
            using var half = source.Epoch(2, new RunSeed(1), Task).GetEnumerator();
            half.MoveNext();
            half.Current.Dispose();
            half.Dispose();
            Assert.Equal(streamed ? 3 : 1, data.Opened);
            Assert.Equal(data.Opened, data.Closed);
        }
    }

    [Fact]
    public void Streamed_data_trains_as_well_as_kept_data()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 100_000).Select(i => new Row { Features = [i % 100 / 50f, i % 7 / 7f], Number = i % 100 }));
        var options = new NeuralNetworkOptions { LabelColumnName = "Number", Network = Network.Mlp([16]), BatchSize = 500, Epochs = 3, Seed = 1, Optimizer = Optimizer.Adam(0.01) };
        using var kept = _ml.Regression.Trainers.NeuralNetwork(options).Fit(data);
        using var streamed = _ml.Regression.Trainers.NeuralNetwork(options with { MaxDataMemory = 1 << 20 }).Fit(data);
        Assert.InRange(kept.Model.Training!.Epochs[^1].Metric, 0, 3);
        Assert.InRange(streamed.Model.Training!.Epochs[^1].Metric, 0, 3);
    }

    private static int[] Labels(BatchSource source, int epoch, int skip = 0)
    {
        var labels = new List<int>();
        foreach (var batch in source.Epoch(epoch, new RunSeed(1), Task, skip))
        {
            using (batch)
            {
                labels.AddRange(batch.Targets.ToArray().Select(label => (int)label));
            }
        }

        return [.. labels];
    }

    private BatchSource Source(bool streamed, out Counting data, bool weighted = false)
    {
        data = new Counting(_ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(i => new Row { Features = [i / 8f, -i], Number = i, Weight = i / 2f })));
        var options = new NeuralNetworkOptions { LabelColumnName = "Number", ExampleWeightColumnName = weighted ? "Weight" : null };
        var columns = InputColumns.Find(data.Schema, options, LabelRule.Single);
        return BatchSource.Read(new(data, columns, LabelRule.Single), 32, streamed ? 100_000 : 1 << 30, scaling: null, new RunSeed(1))!;
    }

    /// <summary>Counts the cursors that are opened and closed.</summary>
    private sealed class Counting(IDataView inner) : IDataView
    {
        public int Opened { get; private set; }

        public int Closed { get; private set; }

        public bool CanShuffle => inner.CanShuffle;

        public DataViewSchema Schema => inner.Schema;

        public long? GetRowCount() => inner.GetRowCount();

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        {
            Opened++;
            return new Cursor(inner.GetRowCursor(columnsNeeded, rand), () => Closed++);
        }

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => throw new NotSupportedException();

        private sealed class Cursor(DataViewRowCursor inner, Action closed) : DataViewRowCursor
        {
            public override DataViewSchema Schema => inner.Schema;

            public override long Position => inner.Position;

            public override long Batch => inner.Batch;

            public override bool MoveNext() => inner.MoveNext();

            public override bool IsColumnActive(DataViewSchema.Column column) => inner.IsColumnActive(column);

            public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => inner.GetGetter<TValue>(column);

            public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();

            protected override void Dispose(bool disposing)
            {
                closed();
                inner.Dispose();
                base.Dispose(disposing);
            }
        }
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Number { get; set; }

        public float Weight { get; set; }
    }
}
