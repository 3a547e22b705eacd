using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Scoring;

/// <summary>Scores are computed ahead of the reader; what he reads must still belong together, row by row.</summary>
public sealed class ScoreCursorTests : IDisposable
{
    private const int Rows = 1300;
    private readonly MLContext _ml = new(1);
    private readonly IDataView _data;
    private readonly NeuralNetworkTransformer _model;
    private readonly IDataView _scored;
    private readonly Dictionary<string, float> _expected;

    public ScoreCursorTests()
    {
        // Enough rows for several looks ahead, the last of them short.
        _data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(i => new Row { Features = [i / 100f, -i / 50f], Name = $"row {i}", Extra = [.. Enumerable.Repeat(i, i % 4)], Number = i }).ToList());
        _model = _ml.Regression.Trainers.NeuralNetwork(new() { LabelColumnName = "Number", Network = Network.Mlp([8]), Epochs = 1, Seed = 1 }).Fit(_data);
        _scored = _model.Transform(_data);

        // A PredictionEngine owns its transformer: disposing it here would end the model.
        var engine = _ml.Model.CreatePredictionEngine<Row, Output>(_model);
        _expected = _ml.Data.CreateEnumerable<Row>(_data, reuseRowObject: false).ToDictionary(row => row.Name, row => engine.Predict(row).Score);
    }

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Other_columns_stay_beside_their_scores()
    {
        using var cursor = _scored.GetRowCursor(_scored.Schema);
        Assert.Equal(Rows, Check(cursor));
    }

    [Fact]
    public void Shuffled_rows_stay_together()
    {
        var shuffled = _ml.Data.ShuffleRows(_data, seed: 3);
        var scored = _model.Transform(shuffled);
        using var cursor = scored.GetRowCursor(scored.Schema, new Random(5));
        Assert.Equal(Rows, Check(cursor));
    }

    [Fact]
    public void A_set_of_cursors_covers_every_row_once()
    {
        var cursors = _scored.GetRowCursorSet(_scored.Schema, 3);
        var counts = new int[cursors.Length];
        Parallel.For(0, cursors.Length, i =>
        {
            using var cursor = cursors[i];
            counts[i] = Check(cursor);
        });
        Assert.Equal(Rows, counts.Sum());
    }

    [Fact]
    public void Scores_are_the_same_to_the_last_bit_however_they_are_read()
    {
        // Behind another transform ML.NET reads in parallel.
        var behind = _ml.Transforms.CopyColumns("Copy", "Score").Fit(_scored).Transform(_scored);
        var first = _scored.GetColumn<float>("Score").ToArray();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(first, behind.GetColumn<float>("Copy").ToArray());
        }
    }

    [Fact]
    public void One_transformer_serves_several_threads() => Parallel.For(0, 4, _ =>
    {
        using var cursor = _scored.GetRowCursor(_scored.Schema);
        Assert.Equal(Rows, Check(cursor));
    });

    [Fact]
    public void Only_the_columns_asked_for_are_active()
    {
        using var passing = _scored.GetRowCursor([_scored.Schema["Name"]]);
        Assert.True(passing.IsColumnActive(_scored.Schema["Name"]));
        Assert.False(passing.IsColumnActive(_scored.Schema["Score"]));
        var error = Assert.Throws<InvalidOperationException>(() => passing.GetGetter<float>(_scored.Schema["Score"]));
        Assert.Contains("The column \"Score\" must be among those asked for", error.Message, StringComparison.Ordinal);

        using var scores = _scored.GetRowCursor([_scored.Schema["Score"]]);
        var getter = scores.GetGetter<float>(_scored.Schema["Score"]);
        var sum = 0f;
        while (scores.MoveNext())
        {
            float value = 0;
            getter(ref value);
            sum += value;
        }

        Assert.Equal(_expected.Values.Sum(), sum, 0.1f * Rows);

        using var none = _scored.GetRowCursor([]);
        var count = 0;
        while (none.MoveNext())
        {
            count++;
        }

        Assert.Equal(Rows, count);
    }

    [Fact]
    public void A_getter_of_the_wrong_type_is_refused()
    {
        using var cursor = _scored.GetRowCursor(_scored.Schema);
        var error = Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(_scored.Schema["Score"]));
        Assert.Contains("must be read as System.Single", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<int>(_scored.Schema["Name"]));
    }

    [Fact]
    public void Before_the_first_and_behind_the_last_row_there_is_nothing_to_read()
    {
        using var cursor = _scored.GetRowCursor(_scored.Schema);
        Assert.Equal(-1, cursor.Position);
        var getter = cursor.GetGetter<float>(_scored.Schema["Score"]);
        float value = 0;
        Assert.Throws<InvalidOperationException>(() => getter(ref value));
        while (cursor.MoveNext())
        {
        }

        Assert.Equal(-1, cursor.Position);
        Assert.False(cursor.MoveNext());
        Assert.Throws<InvalidOperationException>(() => getter(ref value));
    }

    [Fact]
    public void Ids_and_counts_are_those_of_the_input()
    {
        Assert.Equal(Ids(_data), Ids(_scored));
        Assert.Equal(_data.GetRowCount(), _scored.GetRowCount());
        Assert.Equal(_data.CanShuffle, _scored.CanShuffle);
    }

    [Fact]
    public void The_row_mapper_names_its_dependencies()
    {
        var mapper = ((ITransformer)_model).GetRowToRowMapper(_data.Schema);
        Assert.Equal(["Features"], mapper.GetDependencies([mapper.OutputSchema["Score"]]).Select(column => column.Name));
        Assert.Equal(["Name"], mapper.GetDependencies([mapper.OutputSchema["Name"]]).Select(column => column.Name));
    }

    [Fact]
    public void A_row_that_is_not_a_number_scores_as_NaN_alone()
    {
        var rows = _ml.Data.LoadFromEnumerable(new[] { new Row { Features = [1, 2] }, new Row { Features = [float.NaN, 2] }, new Row { Features = [3, 4] } });
        var scores = _model.Transform(rows).GetColumn<float>("Score").ToArray();
        Assert.Equal([false, true, false], scores.Select(float.IsNaN));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(700)]
    [InlineData(1200)]
    public void An_error_of_the_input_reaches_the_reader(int bad)
    {
        var rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(i => i == bad ? throw new FormatException("row is bad") : new Row { Features = [i, i] }));
        using var cursor = _model.Transform(rows).GetRowCursor(_model.Transform(rows).Schema);

        var error = Assert.ThrowsAny<Exception>(() =>
        {
            while (cursor.MoveNext())
            {
            }
        });

        Assert.Contains("row is bad", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cursor_left_half_way_no_longer_uses_the_network()
    {
        for (var i = 0; i < 20; i++)
        {
            using var model = _ml.Regression.Trainers.NeuralNetwork(new() { LabelColumnName = "Number", Network = Network.Mlp([256, 256]), Epochs = 1, Seed = 1 }).Fit(_ml.Data.TakeRows(_data, 64));
            var scored = model.Transform(_data);
            using var cursor = scored.GetRowCursor(scored.Schema);
            for (var row = 0; row < 513; row++)
            {
                Assert.True(cursor.MoveNext());
            }
        }
    }

    private static List<DataViewRowId> Ids(IDataView data)
    {
        using var cursor = data.GetRowCursor([]);
        var getter = cursor.GetIdGetter();
        var ids = new List<DataViewRowId>();
        while (cursor.MoveNext())
        {
            DataViewRowId id = default;
            getter(ref id);
            ids.Add(id);
        }

        return ids;
    }

    private int Check(DataViewRowCursor cursor)
    {
        var name = cursor.GetGetter<ReadOnlyMemory<char>>(cursor.Schema["Name"]);
        var extra = cursor.GetGetter<VBuffer<int>>(cursor.Schema["Extra"]);
        var number = cursor.GetGetter<float>(cursor.Schema["Number"]);
        var score = cursor.GetGetter<float>(cursor.Schema["Score"]);
        ReadOnlyMemory<char> nameValue = default;
        VBuffer<int> extraValue = default;
        float numberValue = 0, scoreValue = 0;
        var count = 0;
        while (cursor.MoveNext())
        {
            name(ref nameValue);
            extra(ref extraValue);
            number(ref numberValue);
            score(ref scoreValue);
            var i = (int)numberValue;
            Assert.Equal(count, cursor.Position);
            Assert.Equal($"row {i}", nameValue.ToString());
            Assert.Equal(Enumerable.Repeat(i, i % 4), extraValue.DenseValues());
            Assert.Equal(_expected[$"row {i}"], scoreValue, 1e-3f * (1 + Math.Abs(scoreValue)));
            count++;
        }

        return count;
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public string Name { get; set; } = string.Empty;

        public int[] Extra { get; set; } = [];

        public float Number { get; set; }
    }

    private sealed class Output
    {
        public float Score { get; set; }
    }
}
