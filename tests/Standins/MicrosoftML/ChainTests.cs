using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests;

public class ChainTests
{
    private readonly MLContext _ml = new(seed: 1);

    private IDataView Data => _ml.Data.LoadFromEnumerable(Enumerable.Range(1, 3).Select(i => new Row { A = i, B = 2 * i }));

    [Fact]
    public void A_chain_fits_each_estimator_on_what_those_before_give()
    {
        var seen = new List<string>();
        var chain = _ml.Transforms.CopyColumns("C", "A")
            .Append(_ml.Transforms.Concatenate("F", "A", "B", "C").WithOnFitDelegate(t => seen.Add(t.GetType().Name)))
            .Append(_ml.Transforms.CopyColumns("G", "F"));
        var model = chain.Fit(Data);
        Assert.Equal(["ColumnConcatenatingTransformer"], seen);
        Assert.Equal(3, model.Count());
        Assert.Same(model.Last(), model.LastTransformer);
        var output = model.Transform(Data);
        Assert.Equal(["A", "B", "C", "F", "G"], output.Schema.Select(c => c.Name));
        Assert.Equal(output.Schema.Select(c => c.ToString()), model.GetOutputSchema(Data.Schema).Select(c => c.ToString()));
        Assert.Equal([3f, 6f, 3f], output.GetColumn<float[]>("G").Last());
    }

    [Fact]
    public void A_chain_checks_itself_before_it_fits()
    {
        int fitted = 0;
        var chain = _ml.Transforms.CopyColumns("C", "A").WithOnFitDelegate(_ => fitted++).Append(_ml.Transforms.CopyColumns("D", "None"));
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(Data));
        Assert.Equal(0, fitted);
    }

    [Fact]
    public void Scopes_choose_the_transformers()
    {
        var chain = new EstimatorChain<ITransformer>()
            .Append(_ml.Transforms.CopyColumns("C", "A"), TransformerScope.TrainTest)
            .Append(_ml.Transforms.CopyColumns("D", "B"));
        var model = chain.Fit(Data);
        Assert.Null(model.Transform(Data).Schema.GetColumnOrNull("C"));
        Assert.NotNull(model.Transform(Data, TransformerScope.Training).Schema.GetColumnOrNull("C"));
        Assert.Single(model.GetModelFor(TransformerScope.Scoring));
    }

    [Fact]
    public void Chains_take_more_transformers()
    {
        var first = _ml.Transforms.CopyColumns("C", "A").Fit(Data);
        var second = _ml.Transforms.CopyColumns("D", "C").Fit(first.Transform(Data));
        var chain = first.Append(second);
        Assert.Equal([1f, 2f, 3f], chain.Transform(Data).GetColumn<float>("D"));
        Assert.Equal(3, chain.Append(_ml.Transforms.CopyColumns("E", "D").Fit(chain.Transform(Data))).Count());
        Assert.Empty(new TransformerChain<ITransformer>());
    }

    [Fact]
    public void A_cache_checkpoint_spares_the_source()
    {
        int passes = 0;
        IEnumerable<Row> Rows()
        {
            passes++;
            yield return new Row { A = 1 };
            yield return new Row { A = 2 };
        }
        var data = _ml.Data.LoadFromEnumerable(Rows());
        _ml.Transforms.CopyColumns("C", "A")
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.Transforms.NormalizeMinMax("N", "C"))
            .Append(_ml.Transforms.NormalizeMinMax("M", "C"))
            .Fit(data);
        Assert.Equal(1, passes);
        Assert.Throws<InvalidOperationException>(() => new EstimatorChain<ITransformer>().AppendCacheCheckpoint(_ml));
    }

    [Fact]
    public void A_row_goes_through_the_whole_chain()
    {
        ITransformer model = _ml.Transforms.CopyColumns("C", "A").Append(_ml.Transforms.Concatenate("F", "C", "B")).Fit(Data);
        Assert.True(model.IsRowToRowMapper);
        var mapper = model.GetRowToRowMapper(Data.Schema);
        Assert.Equal(["A", "B"], mapper.GetDependencies([mapper.OutputSchema["F"]]).Select(c => c.Name));
        Assert.Equal(["B"], mapper.GetDependencies([mapper.OutputSchema["B"]]).Select(c => c.Name));
        var data = Data;
        mapper = model.GetRowToRowMapper(data.Schema);
        using var cursor = data.GetRowCursor(data.Schema);
        using var row = mapper.GetRow(cursor, mapper.OutputSchema);
        var getter = row.GetGetter<VBuffer<float>>(mapper.OutputSchema["F"]);
        Assert.True(cursor.MoveNext() && cursor.MoveNext());
        VBuffer<float> value = default;
        getter(ref value);
        Assert.Equal([2f, 4f], value.DenseValues());
    }

    [Fact]
    public void Disposing_a_chain_disposes_its_parts()
    {
        var part = new Disposable();
        new TransformerChain<ITransformer>(part).Dispose();
        Assert.Equal(1, part.Disposed);
    }

    public class Row
    {
        public float A;
        public float B;
    }

    private sealed class Disposable : ITransformer, IDisposable
    {
        public int Disposed { get; private set; }

        public bool IsRowToRowMapper => false;

        public void Dispose() => Disposed++;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new InvalidOperationException();

        public void Save(ModelSaveContext ctx) => throw new InvalidOperationException();

        public IDataView Transform(IDataView input) => input;
    }
}
