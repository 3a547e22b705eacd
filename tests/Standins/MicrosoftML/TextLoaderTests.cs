using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests;

public sealed class TextLoaderTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Attributes_say_which_fields_to_load()
    {
        Write("a,b,c,d,e", "1,2,3,x,true", "4,5,6,y,0");
        var data = _ml.Data.LoadFromTextFile<Row>(_path, separatorChar: ',', hasHeader: true);
        Assert.Equal(["Label", "Features", "Name", "Flag"], data.Schema.Select(c => c.Name));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2), data.Schema["Features"].Type);
        Assert.Equal([1f, 4f], data.GetColumn<float>("Label"));
        Assert.Equal([5f, 6f], data.GetColumn<float[]>("Features").Last());
        Assert.Equal(["x", "y"], data.GetColumn<string>("Name"));
        Assert.Equal([true, false], data.GetColumn<bool>("Flag"));
        Assert.Null(data.GetRowCount());
        Assert.False(data.CanShuffle);
    }

    [Fact]
    public void A_missing_attribute_or_file_is_named()
    {
        var bare = Assert.Throws<InvalidOperationException>(() => _ml.Data.LoadFromTextFile<BareRow>(_path));
        Assert.Equal("Field 'Bare' is missing the LoadColumnAttribute attribute", bare.Message);
        var missing = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromTextFile<Row>(_path + ".none"));
        Assert.StartsWith($"File or directory does not exist at path: {_path}.none", missing.Message);
    }

    [Fact]
    public void Only_a_sample_of_the_data_gives_slot_names()
    {
        Write("label, first ,second", "1,2,3");
        TextLoader.Column[] columns = [new("L", DataKind.Single, 0), new("F", DataKind.Single, 1, 2)];
        Assert.False(_ml.Data.LoadFromTextFile(_path, columns, ',', hasHeader: true).Schema["F"].HasSlotNames());
        var data = _ml.Data.LoadFromTextFile(_path, new TextLoader.Options { Columns = columns, Separators = [','], HasHeader = true });
        VBuffer<ReadOnlyMemory<char>> names = default;
        data.Schema["F"].GetSlotNames(ref names);
        Assert.Equal(["first", "second"], names.DenseValues().Select(n => n.ToString()));
        Assert.Equal([2f, 3f], data.GetColumn<float[]>("F").Single());
    }

    [Fact]
    public void A_range_may_end_with_the_line()
    {
        Write("1\t2\t3\t4");
        TextLoader.Column[] columns = [new("F", DataKind.Single, [new TextLoader.Range(1, null)])];
        var sampled = _ml.Data.CreateTextLoader(columns, dataSample: new MultiFileSource(_path)).Load(_path);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3), sampled.Schema["F"].Type);
        Assert.Equal([2f, 3f, 4f], sampled.GetColumn<float[]>("F").Single());
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.CreateTextLoader(columns));

        Write("1\t2\t3\t4", "5", "6\t7");
        TextLoader.Column[] varying = [new("F", DataKind.Single, [new TextLoader.Range { Min = 1, VariableEnd = true }])];
        var data = _ml.Data.CreateTextLoader(varying).Load(_path);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single), data.Schema["F"].Type);
        Assert.Equal([3, 0, 1], data.GetColumn<float[]>("F").Select(f => f.Length));
    }

    [Theory]
    [InlineData("\"a,b\",1", "a,b", 1)]
    [InlineData("\"say \"\"yes\"\"\",2", "say \"yes\"", 2)]
    [InlineData("  spaced ,3", "spaced ", 3)]
    [InlineData("\"open,4", "", 0)]
    [InlineData("\"a\" b,5", "", 5)]
    [InlineData("\"a\"  ,6", "a", 6)]
    [InlineData(",7", "", 7)]
    public void Fields_may_be_quoted(string line, string text, float number)
    {
        Write(line);
        TextLoader.Column[] columns = [new("T", DataKind.String, 0), new("N", DataKind.Single, 1)];
        var data = _ml.Data.LoadFromTextFile(_path, columns, ',', allowQuoting: true);
        Assert.Equal(text, data.GetColumn<string>("T").Single());
        Assert.Equal(number, data.GetColumn<float>("N").Single());
    }

    [Theory]
    [InlineData("1.5", 1.5f)]
    [InlineData("-2e3", -2000f)]
    [InlineData(" 7 ", 7f)]
    [InlineData(".5", .5f)]
    [InlineData("", 0f)]
    [InlineData("?", float.NaN)]
    [InlineData("NaN", float.NaN)]
    [InlineData("na", float.NaN)]
    [InlineData("junk", float.NaN)]
    [InlineData("1x", float.NaN)]
    [InlineData("1,5", float.NaN)]
    [InlineData("Infinity", float.PositiveInfinity)]
    [InlineData("-∞", float.NegativeInfinity)]
    [InlineData("0.1", 0.1f)]
    [InlineData("16777217", 16777216f)]
    [InlineData("3.4028235e38", float.MaxValue)]
    [InlineData("1e39", float.PositiveInfinity)]
    [InlineData("0.30000001192092896", 0.3f)]
    public void Numbers_are_read_as_single(string text, float expected)
    {
        Write($"{text}\tx");
        TextLoader.Column[] columns = [new("N", DataKind.Single, 0), new("D", DataKind.Double, 0)];
        Assert.Equal(expected, _ml.Data.LoadFromTextFile(_path, columns).GetColumn<float>("N").Single());
    }

    [Fact]
    public void Empty_numbers_are_zero_or_missing_as_asked()
    {
        Write("1,,3", "4,5", ",,");
        TextLoader.Column[] columns = [new("N", DataKind.Single, 1), new("F", DataKind.Single, 0, 2), new("T", DataKind.String, 1)];
        var zero = _ml.Data.LoadFromTextFile(_path, columns, ',');
        Assert.Equal([0f, 5f, 0f], zero.GetColumn<float>("N"));
        Assert.Equal([[1f, 0, 3], [4f, 5, 0], [0f, 0, 0]], zero.GetColumn<float[]>("F"));
        var options = new TextLoader.Options { Columns = columns, Separators = [','], MissingRealsAsNaNs = true };
        var missing = _ml.Data.LoadFromTextFile(_path, options);
        Assert.Equal([float.NaN, 5f, float.NaN], missing.GetColumn<float>("N"));
        Assert.Equal([[1f, float.NaN, 3], [4f, 5, float.NaN], [float.NaN, float.NaN, float.NaN]], missing.GetColumn<float[]>("F"));
        Assert.Equal(["", "5", ""], missing.GetColumn<string>("T"));
    }

    [Fact]
    public void A_mostly_empty_vector_is_sparse()
    {
        Write("1,,,", "1,2,3,", "0,0,,");
        var data = _ml.Data.LoadFromTextFile(_path, [new TextLoader.Column("F", DataKind.Single, 0, 3)], ',');
        Assert.Equal([false, true, false], data.GetColumn<VBuffer<float>>("F").Select(f => f.IsDense));
    }

    [Fact]
    public void Keys_count_from_one_and_unknown_ones_are_missing()
    {
        Write("0", "2", "3", "", "x");
        var data = _ml.Data.LoadFromTextFile(_path, [new TextLoader.Column("K", DataKind.UInt32, [new(0)], new KeyCount(3))]);
        Assert.Equal(new KeyDataViewType(typeof(uint), 3), data.Schema["K"].Type);
        // An empty line is no row.
        Assert.Equal([1u, 3u, 0u, 0u], data.GetColumn<uint>("K"));
    }

    [Theory]
    [InlineData(DataKind.Int32, "x")]
    [InlineData(DataKind.Boolean, "maybe")]
    [InlineData(DataKind.Byte, "256")]
    public void A_value_with_no_missing_form_must_be_readable(DataKind kind, string text)
    {
        Write("1", text);
        var data = _ml.Data.LoadFromTextFile(_path, [new TextLoader.Column("V", kind, 0)]);
        var error = Assert.ThrowsAny<Exception>(() => data.Preview());
        Assert.Contains($"Could not parse value {text} in line 2, column V", error.Message);
    }

    [Fact]
    public void Comments_and_empty_lines_are_no_rows()
    {
        Write("# comment", "", "// comment", "name", "1", "", "// comment", "2", "#3");
        var data = _ml.Data.LoadFromTextFile(_path, [new TextLoader.Column("T", DataKind.String, 0)], hasHeader: true);
        Assert.Equal(["1", "2", "#3"], data.GetColumn<string>("T"));
    }

    [Fact]
    public void Sparse_rows_say_their_size_and_their_items()
    {
        Write("5 4 0:1 3:2", "6 4 1:7", "7 1 2 3 4");
        TextLoader.Column[] columns = [new("L", DataKind.Single, 0), new("F", DataKind.Single, 1, 4)];
        var data = _ml.Data.LoadFromTextFile(_path, columns, ' ', allowSparse: true);
        Assert.Equal([5f, 6f, 7f], data.GetColumn<float>("L"));
        Assert.Equal([[1f, 0, 0, 2], [0f, 7, 0, 0], [1f, 2, 3, 4]], data.GetColumn<float[]>("F"));
    }

    [Fact]
    public void Several_files_follow_each_other_each_with_its_header()
    {
        string second = Path.GetTempFileName();
        Write("h", "1", "2");
        File.WriteAllLines(second, ["h", "3"]);
        var loader = _ml.Data.CreateTextLoader([new TextLoader.Column("N", DataKind.Single, 0)], hasHeader: true);
        Assert.Equal([1f, 2f, 3f], loader.Load(_path, second).GetColumn<float>("N"));
        File.Delete(second);
    }

    [Fact]
    public void Rows_can_be_limited_and_lines_trimmed()
    {
        Write("a  ", "b", "c");
        var options = new TextLoader.Options { Columns = [new("T", DataKind.String, 0)], MaxRows = 2, TrimWhitespace = true };
        Assert.Equal(["a", "b"], _ml.Data.LoadFromTextFile(_path, options).GetColumn<string>("T"));
    }

    [Fact]
    public void Bad_values_are_counted_in_the_log()
    {
        Write("1", "x", "3");
        var messages = new List<string>();
        _ml.Log += (_, e) => messages.Add(e.RawMessage);
        _ = _ml.Data.LoadFromTextFile(_path, [new TextLoader.Column("N", DataKind.Single, 0)]).GetColumn<float>("N").ToList();
        Assert.Contains("  Bad value at line 2 in column N", messages);
        Assert.Contains("Processed 3 rows with 1 bad values and 0 format errors", messages);
    }

    [Fact]
    public void Impossible_columns_are_refused()
    {
        TextLoader.Column[] impossible =
        [
            new("F", DataKind.Single, [new(0, 2), new(2, 3)]),
            new("F", DataKind.Single, []),
            new("F", DataKind.Single, [new(0)], new KeyCount(2)),
        ];
        Assert.All(impossible, column => Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.CreateTextLoader([column])));
        TextLoader.Column[] possible = [new("F", DataKind.Single, 0)];
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.CreateTextLoader(possible, separatorChar: '3'));
    }

    [Fact]
    public void Quoted_fields_may_hold_line_breaks()
    {
        Write("\"a", "A\",x,b", "\"one", "two\",1,c", "d,2,\"e", "", "// f", "#\"\"g\"", "\"h\",3,i", "on\"e,4,k\"");
        var options = Quoted();
        var data = _ml.Data.LoadFromTextFile(_path, options);
        Assert.Equal(["one\ntwo", "d", "h", "on\"e"], data.GetColumn<string>("A"));
        Assert.Equal([1f, 2f, 3f, 4f], data.GetColumn<float>("X"));
        Assert.Equal(["c", "e\n\n// f\n#\"g", "i", "k\""], data.GetColumn<string>("B"));

        options.ReadMultilines = false;
        Assert.Equal(["", "two\""], _ml.Data.LoadFromTextFile(_path, options).GetColumn<string>("A").Skip(1).Take(2));
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_an_error()
    {
        Write("a,x,b", "\"one", "two,1,c", "d,2,e");
        var data = _ml.Data.LoadFromTextFile(_path, Quoted());
        var error = Assert.Throws<FormatException>(() => data.GetColumn<string>("A").ToList());
        Assert.Equal("Stream reading encountered exception", error.Message);
        Assert.Equal(
            "A quoted field opened on line 1 was never closed, and we've read to the last line in the file without finding the closing quote",
            Assert.IsType<EndOfStreamException>(error.InnerException).Message);
    }

    [Fact]
    public void Decimals_may_stand_behind_a_comma()
    {
        Write("a;x;b", ";1,5;", ";1.5;", ";1.000,5;", ";-,5;", ";1e3;", "; 1,5;", ";1,5 ;", ";1,5e2;", ";;");
        var options = Quoted();
        (options.Separators, options.DecimalMarker) = ([';'], ',');
        Assert.Equal([1.5f, float.NaN, float.NaN, -0.5f, 1000, 1.5f, 1.5f, 150, float.NaN], _ml.Data.LoadFromTextFile(_path, options).GetColumn<float>("X"));
        options.DecimalMarker = ';';
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromTextFile(_path, options));
        Assert.StartsWith("Decimal marker cannot be the ';' character. It must be '.' or ','.", error.Message);
    }

    private static TextLoader.Options Quoted() => new()
    {
        Columns = [new("A", DataKind.String, 0), new("X", DataKind.Single, 1), new("B", DataKind.String, 2)],
        Separators = [','],
        AllowQuoting = true,
        ReadMultilines = true,
        MissingRealsAsNaNs = true,
        HasHeader = true,
    };

    private void Write(params string[] lines) => File.WriteAllLines(_path, lines);

    public class Row
    {
        [LoadColumn(0)]
        public float Label;

        [LoadColumn(1, 2)]
        [VectorType(2)]
        public float[]? Features;

        [LoadColumn(3)]
        public string? Name;

        [LoadColumn(4)]
        public bool Flag { get; set; }
    }

    public class BareRow
    {
        public float Bare;
    }
}
