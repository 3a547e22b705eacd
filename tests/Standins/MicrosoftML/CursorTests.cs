using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests;

public class CursorTests
{
    private readonly MLContext _ml = new(seed: 1);

    private IDataView Numbers => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(i => new Row { Number = i, Text = $"{i}" }));

    [Fact]
    public void A_cursor_counts_its_rows()
    {
        using var cursor = Numbers.GetRowCursor(Numbers.Schema);
        Assert.Equal(-1, cursor.Position);
        for (int i = 0; i < 5; i++)
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal(i, cursor.Position);
            Assert.Equal(0, cursor.Batch);
        }
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void Ids_are_the_same_in_every_pass_and_distinct()
    {
        var data = Numbers;
        var first = Ids(data);
        Assert.Equal(5, first.Distinct().Count());
        Assert.Equal(first, Ids(data));
        Assert.Equal(new DataViewRowId(3, 0), first[3]);
    }

    [Fact]
    public void Only_active_columns_may_be_fetched_and_only_as_their_type()
    {
        var data = Numbers;
        using var cursor = data.GetRowCursor([data.Schema["Number"]]);
        Assert.True(cursor.IsColumnActive(data.Schema["Number"]));
        Assert.False(cursor.IsColumnActive(data.Schema["Text"]));
        Assert.ThrowsAny<Exception>(() => cursor.GetGetter<ReadOnlyMemory<char>>(data.Schema["Text"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(data.Schema["Number"]));
    }

    [Fact]
    public void A_disposed_cursor_ends()
    {
        var data = Numbers;
        var cursor = data.GetRowCursor(data.Schema);
        Assert.True(cursor.MoveNext());
        cursor.Dispose();
        Assert.False(cursor.MoveNext());
        cursor.Dispose();
    }

    [Fact]
    public void The_source_is_let_go_with_the_cursor()
    {
        int open = 0;
        IEnumerable<Row> Rows()
        {
            open++;
            try
            {
                yield return new Row();
                yield return new Row();
            }
            finally
            {
                open--;
            }
        }
        var data = _ml.Data.LoadFromEnumerable(Rows());
        Assert.Equal(2, data.GetColumn<float>("Number").Count());
        Assert.Equal(0, open);
    }

    [Fact]
    public void A_cache_reads_its_source_once_for_each_column()
    {
        int passes = 0;
        IEnumerable<Row> Rows()
        {
            passes++;
            for (int i = 0; i < 3; i++)
                yield return new Row { Number = i, Text = $"{i}", Vector = [i, i] };
        }
        var data = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(Rows()));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal([0f, 1f, 2f], data.GetColumn<float>("Number"));
            Assert.Equal(["0", "1", "2"], data.GetColumn<string>("Text"));
            Assert.Equal([2f, 2f], data.GetColumn<float[]>("Vector").Last());
        }
        Assert.InRange(passes, 1, 3);
        Assert.True(data.CanShuffle);
        Assert.Equal(3, data.GetRowCount());
    }

    [Fact]
    public void A_cache_can_be_shuffled()
    {
        var data = _ml.Data.Cache(Numbers);
        var needed = data.Schema["Number"];
        float[] Order(int seed)
        {
            using var cursor = data.GetRowCursor([needed], new Random(seed));
            var getter = cursor.GetGetter<float>(needed);
            var seen = new List<float>();
            float value = 0;
            while (cursor.MoveNext())
            {
                getter(ref value);
                seen.Add(value);
            }
            return [.. seen];
        }
        Assert.Equal(Order(3), Order(3));
        Assert.NotEqual([0, 1, 2, 3, 4], Order(3));
        Assert.Equal([0, 1, 2, 3, 4], Order(3).Order());
    }

    [Fact]
    public void Columns_are_read_as_their_types()
    {
        var data = Numbers;
        Assert.Equal(["0", "1", "2", "3", "4"], data.GetColumn<ReadOnlyMemory<char>>("Text").Select(t => t.ToString()));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<int>("Number"));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<float[]>("Number"));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<float>("None"));
    }

    private static DataViewRowId[] Ids(IDataView data)
    {
        using var cursor = data.GetRowCursor([]);
        var getter = cursor.GetIdGetter();
        var ids = new List<DataViewRowId>();
        DataViewRowId id = default;
        while (cursor.MoveNext())
        {
            getter(ref id);
            ids.Add(id);
        }
        return [.. ids];
    }

    public class Row
    {
        public float Number;
        public string? Text;
        public float[]? Vector;
    }
}
