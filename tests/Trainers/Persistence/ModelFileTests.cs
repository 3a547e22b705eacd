using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Persistence;

/// <summary>A saved model scores as before, and a file that is not as it was saved gets a clear error.</summary>
public sealed class ModelFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gradstability").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Ring")]
    [InlineData("Inner")]
    [InlineData("Radius")]
    public void Scores_are_bit_identical_after_loading(string label)
    {
        var (ml, path) = Saved(label, out var model);
        var loaded = new MLContext().UseGradStability().Model.Load(path, out var schema);
        Assert.Equal(Scores(ml, model), Scores(ml, loaded));
        Assert.Equal(Samples.RingsView(ml).Schema.Select(c => (c.Name, c.Type.ToString())), schema.Select(c => (c.Name, c.Type.ToString())));

        var before = model.GetOutputSchema(Samples.RingsView(ml).Schema);
        var after = loaded.GetOutputSchema(Samples.RingsView(ml).Schema);
        Assert.Equal(before.Select(Describe), after.Select(Describe));
    }

    [Fact]
    public void Saving_a_loaded_model_gives_the_same_entry()
    {
        var (ml, path) = Saved("Ring", out _);
        var loaded = ml.Model.Load(path, out var schema);
        var again = Path.Combine(_folder, "again.zip");
        ml.Model.SaveSafely(loaded, schema, again);
        Assert.Equal(Entry(path, "Description.json"), Entry(again, "Description.json"));
        Assert.Equal(Entry(path, "Weights.bin"), Entry(again, "Weights.bin"));
    }

    [Theory]
    [InlineData("Name", "text")]
    [InlineData("Number", "number")]
    [InlineData("Whole", "int")]
    [InlineData("Flag", "bool")]
    [InlineData("Day", "date")]
    public void Label_values_of_every_type_come_back(string column, string kind)
    {
        _ = kind;
        var ml = new MLContext(1);
        var rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Labelled
        {
            Features = [i % 2, 1],
            Name = $"n{i % 2}",
            Number = i % 2 / 3f,
            Whole = -(i % 2),
            Flag = i % 2 == 0,
            Day = new DateTime(2020, 1, 1 + (i % 2)),
        }));
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", column)
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new() { Epochs = 1, Network = Network.Mlp([4]) }))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var model = pipeline.Fit(rows);
        var path = Path.Combine(_folder, "labels.zip");
        ml.Model.SaveSafely(model, rows.Schema, path);
        var loaded = new MLContext().UseGradStability().Model.Load(path, out _);
        var before = model.Transform(rows).Preview().RowView.Select(row => row.Values.Last(v => v.Key == "PredictedLabel").Value.ToString());
        var after = loaded.Transform(rows).Preview().RowView.Select(row => row.Values.Last(v => v.Key == "PredictedLabel").Value.ToString());
        Assert.Equal(before, after);
    }

    [Fact]
    public void A_fresh_context_needs_UseGradStability_or_LoadSafely()
    {
        var (_, path) = Saved("Ring", out _);
        Assert.ThrowsAny<Exception>(() => new MLContext().Model.Load(path, out _));
        Assert.NotNull(new MLContext().Model.LoadSafely(path, out _));
        Assert.NotNull(new MLContext().UseGradStability().UseGradStability().Model.Load(path, out _));
    }

    [Theory]
    [InlineData("Weights.bin")]
    [InlineData("Description.json")]
    public void An_altered_byte_is_noticed(string stream)
    {
        var (_, path) = Saved("Ring", out _);
        var middle = Entry(path, stream).Length / 2;
        Alter(path, stream, bytes => bytes[middle] ^= 0xFF);
        var error = Assert.Throws<InvalidDataException>(() => new MLContext().Model.LoadSafely(path, out _));
        Assert.Contains($"the stream {stream} was altered", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_cut_off_is_noticed()
    {
        var (_, path) = Saved("Ring", out _);
        Replace(path, "Weights.bin", Entry(path, "Weights.bin")[..^7]);
        AssertLoadError(path, "is cut off");
    }

    [Fact]
    public void An_absurd_length_is_noticed_without_allocating_it()
    {
        var (_, path) = Saved("Ring", out _);
        Alter(path, "Weights.bin", bytes => BitConverter.TryWriteBytes(bytes, long.MaxValue));
        AssertLoadError(path, "is cut off");
    }

    [Fact]
    public void A_missing_stream_is_named()
    {
        var (_, path) = Saved("Ring", out _);
        Replace(path, "Weights.bin", null);
        AssertLoadError(path, "Weights.bin is missing");
    }

    [Fact]
    public void A_newer_version_asks_for_an_update()
    {
        var (_, path) = Saved("Ring", out _);
        EditDescription(path, json => json["formatVersion"] = 99);
        AssertLoadError(path, "it is in format 99", "update MLNet.GradStability");
    }

    [Fact]
    public void An_unknown_kind_is_refused()
    {
        var (_, path) = Saved("Ring", out _);
        EditDescription(path, json => json["options"]!["network"]!["kind"] = "System.Diagnostics.Process");
        AssertLoadError(path, "The saved network cannot be read", "Descriptions.Register");
    }

    [Fact]
    public void Another_network_s_weights_are_refused()
    {
        var (_, path) = Saved("Ring", out _);
        EditDescription(path, json => json["inputSize"] = 1);
        AssertLoadError(path, "tensor hidden0.weight must have the shape");
    }

    [Fact]
    public void A_huge_network_in_the_description_is_refused_before_it_is_built()
    {
        var (_, path) = Saved("Ring", out _);
        EditDescription(path, json => json["inputSize"] = int.MaxValue);
        AssertLoadError(path, "a larger network than the weights are there for");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void A_truncated_file_is_no_model(int length)
    {
        var (_, path) = Saved("Ring", out _);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);
        AssertLoadError(path, "cannot be loaded");
    }

    [Fact]
    public void A_foreign_file_is_no_model()
    {
        var path = Path.Combine(_folder, "foreign.zip");
        File.WriteAllText(path, "not a zip");
        AssertLoadError(path, $"The model file \"{path}\" cannot be loaded");
        File.Delete(path);
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            zip.CreateEntry("hello.txt");
        }

        AssertLoadError(path, "cannot be loaded");
    }

    [Fact]
    public void A_missing_file_is_said_to_be_missing() =>
        Assert.Throws<FileNotFoundException>(() => new MLContext().Model.LoadSafely(Path.Combine(_folder, "none.zip"), out _));

    [Fact]
    public void A_save_that_fails_leaves_the_old_file_and_nothing_else()
    {
        var (ml, path) = Saved("Ring", out _);
        var old = File.ReadAllBytes(path);
        Assert.ThrowsAny<Exception>(() => ml.Model.SaveSafely(new Unsavable(), null, path));
        Assert.Equal(old, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void The_weights_lie_as_documented()
    {
        var (_, path) = Saved("Ring", out var model);
        using var reader = new BinaryReader(new MemoryStream(Entry(path, "Weights.bin")), Encoding.UTF8);
        reader.ReadInt64();
        Assert.Equal("GSWT", Encoding.ASCII.GetString(reader.ReadBytes(4)));
        Assert.Equal(1u, reader.ReadUInt32());
        Assert.Equal(4u, reader.ReadUInt32());
        Assert.Equal("hidden0.weight", reader.ReadString());
        Assert.Equal(0, reader.ReadByte());
        Assert.Equal(2, reader.ReadByte());
        Assert.Equal(8, reader.ReadInt64());
        Assert.Equal(2, reader.ReadInt64());
        var first = model.Model.Module.named_parameters().First().Item2.ToArray();
        Assert.Equal(first, Enumerable.Range(0, 16).Select(_ => (double)reader.ReadSingle()));
    }

    private static string Describe(DataViewSchema.Column column) =>
        $"{column.Name}: {column.Type}; {string.Join(", ", column.Annotations.Schema.Select(a => $"{a.Name} {a.Type}").Order(StringComparer.Ordinal))}";

    private static float[] Scores(MLContext ml, ITransformer model)
    {
        var scored = model.Transform(Samples.RingsView(ml, 700));
        return scored.Schema["Score"].Type is VectorDataViewType
            ? [.. scored.GetColumn<float[]>("Score").SelectMany(row => row)]
            : [.. scored.GetColumn<float>("Score")];
    }

    private static void AssertLoadError(string path, params string[] parts)
    {
        var error = Assert.Throws<InvalidDataException>(() => new MLContext().Model.LoadSafely(path, out _));
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        var plain = Assert.ThrowsAny<Exception>(() => new MLContext().UseGradStability().Model.Load(path, out _));
        Assert.IsNotType<OutOfMemoryException>(plain);
    }

    private static byte[] Entry(string path, string stream)
    {
        using var zip = ZipFile.OpenRead(path);
        using var from = zip.Entries.Single(entry => entry.Name == stream).Open();
        using var to = new MemoryStream();
        from.CopyTo(to);
        return to.ToArray();
    }

    private static void Alter(string path, string stream, Action<byte[]> change)
    {
        var bytes = Entry(path, stream);
        change(bytes);
        Replace(path, stream, bytes);
    }

    private static void EditDescription(string path, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(Entry(path, "Description.json").AsSpan(8..^32))!;
        change(json);
        var text = Encoding.UTF8.GetBytes(json.ToJsonString());
        Replace(path, "Description.json", [.. BitConverter.GetBytes((long)text.Length), .. text, .. SHA256.HashData(text)]);
    }

    private static void Replace(string path, string stream, byte[]? bytes)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        var old = zip.Entries.Single(entry => entry.Name == stream);
        var name = old.FullName;
        old.Delete();
        if (bytes is not null)
        {
            using var to = zip.CreateEntry(name).Open();
            to.Write(bytes);
        }
    }

    private (MLContext Ml, string Path) Saved(string label, out NeuralNetworkTransformer model)
    {
        var ml = new MLContext(1);
        var data = Samples.RingsView(ml);
        var options = new NeuralNetworkOptions { LabelColumnName = label, Network = Network.Mlp([8], dropout: 0.1), Epochs = 2 };
        model = label switch
        {
            "Ring" => ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(data),
            "Inner" => ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(data),
            _ => ml.Regression.Trainers.NeuralNetwork(options).Fit(data),
        };
        var path = Path.Combine(_folder, "model.zip");
        ml.Model.SaveSafely(model, data.Schema, path);
        return (ml, path);
    }

    private sealed class Labelled
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public string Name { get; set; } = string.Empty;

        public float Number { get; set; }

        public int Whole { get; set; }

        public bool Flag { get; set; }

        public DateTime Day { get; set; }
    }

    private sealed class Unsavable : ITransformer
    {
        public bool IsRowToRowMapper => false;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

        public IDataView Transform(IDataView input) => input;

        public void Save(ModelSaveContext ctx) => throw new IOException("the disk is full");
    }
}
