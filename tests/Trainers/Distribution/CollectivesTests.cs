using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Distribution;

/// <summary>What ranks do together, on ranks that are threads.</summary>
[Trait("Row", "R30")]
public sealed class CollectivesTests
{
    [Fact]
    public void Numbers_texts_and_rows_come_together_in_the_order_of_the_ranks()
    {
        var results = ThreadRanks.Run(3, ranks =>
        {
            using var rows = arange(2L * ranks.Rank).view(-1, 2) + (10 * ranks.Rank);
            using var all = ranks.GatherRows(rows);
            return (Numbers: ranks.Gather([.. Enumerable.Repeat((double)ranks.Rank, ranks.Rank)]), Texts: ranks.Gather($"rank {ranks.Rank}"), Rows: all.ToArray(), Type: all.dtype);
        });

        foreach (var (value, error, _) in results)
        {
            Assert.Null(error);
            Assert.Equal([1, 2, 2], value.Numbers);
            Assert.Equal(["rank 0", "rank 1", "rank 2"], value.Texts);
            Assert.Equal([10, 11, 20, 21, 22, 23], value.Rows);
            Assert.Equal(ScalarType.Int64, value.Type);
        }
    }

    [Fact]
    public void A_network_becomes_that_of_the_first_rank()
    {
        var results = ThreadRanks.Run(2, ranks =>
        {
            using var scope = NewDisposeScope();
            using var network = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2));
            ranks.Broadcast(network);
            return network.parameters().Select(parameter => (Tensor)parameter).Concat(network.named_buffers().Select(named => named.Item2)).SelectMany(Support.ToArray).ToArray();
        });

        Assert.Equal(results[0].Value, results[1].Value);
    }

    [Fact]
    public void What_fails_on_one_rank_fails_on_all()
    {
        var results = ThreadRanks.Run(3, ranks => ranks.Together(() => ranks.Rank == 1 ? throw new ArgumentException("no paper") : 5));

        Assert.Equal("no paper", Assert.IsType<ArgumentException>(results[1].Error).Message);
        Assert.All([0, 2], rank => Assert.Equal("DataParallel: rank 1 of 3 cannot train: no paper", Assert.IsType<InvalidOperationException>(results[rank].Error).Message));
        Assert.All(results, result => Assert.Equal(1, result.Left));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(700_000)]
    public void A_snapshot_reaches_all_ranks(int length)
    {
        static void Exchange(RunState state, Tensor weights, ref long count)
        {
            state.Exchange("weights", weights);
            state.Exchange("count", ref count);
        }

        var results = ThreadRanks.Run(3, ranks =>
        {
            using var scope = NewDisposeScope();
            (CheckpointHeader, StateSnapshot)? found = null;
            if (ranks.Rank == 0)
            {
                var state = new StateSnapshot();
                state.Capture(to =>
                {
                    var count = 7L;
                    Exchange(to, arange(length, dtype: float32), ref count);
                });
                found = (new CheckpointHeader(5, 1, 9, Best: false, Finished: false), state);
            }

            var (header, snapshot) = SharedSnapshot.Of(ranks, found)!.Value;
            using (snapshot)
            {
                using var weights = zeros(length);
                var count = 0L;
                snapshot.Restore(from => Exchange(from, weights, ref count));
                return (header.Step, header.Seed, Count: count, Last: weights.ToArray()[^1]);
            }
        });

        Assert.All(results, result => Assert.Equal((5L, 9, 7L, length - 1.0), result.Value));
        Assert.All(ThreadRanks.Run(2, ranks => SharedSnapshot.Of(ranks, null)), result => Assert.Null(result.Value));
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 10)]
    [InlineData(3, 11)]
    [InlineData(4, 2)]
    public void Shards_share_the_rows_of_each_batch(int count, int rows)
    {
        const int BatchSize = 4;
        int[] order = [.. Enumerable.Range(0, rows).Reverse()];
        var ofBatch = new List<int>[(rows + BatchSize - 1) / BatchSize];
        for (var rank = 0; rank < count; rank++)
        {
            var shard = new RowShard(rank, count);
            var held = Enumerable.Range(0, rows).Where(row => shard.Holds(row)).ToList();
            var (places, starts) = shard.Deal([.. order], BatchSize);
            for (var batch = 0; batch < ofBatch.Length; batch++)
            {
                (ofBatch[batch] ??= []).AddRange(places[starts[batch]..starts[batch + 1]].Select(place => held[place]));
            }
        }

        Assert.Equal(order.Chunk(BatchSize).Select(batch => batch.Order()), ofBatch.Select(batch => batch.Order()));
    }
}
