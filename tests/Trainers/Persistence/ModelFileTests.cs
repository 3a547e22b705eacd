using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Persistence;

/// <summary>A saved model scores as before, a failed save leaves the old file, and the streams lie as documented.</summary>
public sealed class ModelFileTests : IDisposable
{
    private readonly SavedModel _saved = new();

    public void Dispose() => _saved.Dispose();

    [Theory]
    [InlineData("Ring")]
    [InlineData("Inner")]
    [InlineData("Radius")]
    public void Scores_are_bit_identical_after_loading(string label)
    {
        var (ml, path) = _saved.Save(label, out var model);
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
        var (ml, path) = _saved.Save("Ring", out _);
        var loaded = ml.Model.Load(path, out var schema);
        var again = Path.Combine(_saved.Folder, "again.zip");
        ml.Model.SaveSafely(loaded, schema, again);
        Assert.Equal(SavedModel.Entry(path, "Description.json"), SavedModel.Entry(again, "Description.json"));
        Assert.Equal(SavedModel.Entry(path, "Weights.bin"), SavedModel.Entry(again, "Weights.bin"));
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
        var path = Path.Combine(_saved.Folder, "labels.zip");
        ml.Model.SaveSafely(model, rows.Schema, path);
        var loaded = new MLContext().UseGradStability().Model.Load(path, out _);
        var before = model.Transform(rows).Preview().RowView.Select(row => row.Values.Last(v => v.Key == "PredictedLabel").Value.ToString());
        var after = loaded.Transform(rows).Preview().RowView.Select(row => row.Values.Last(v => v.Key == "PredictedLabel").Value.ToString());
        Assert.Equal(before, after);
    }

    [Fact]
    public void A_fresh_context_needs_UseGradStability_or_LoadSafely()
    {
        var (_, path) = _saved.Save("Ring", out _);
        Assert.ThrowsAny<Exception>(() => new MLContext().Model.Load(path, out _));
        Assert.NotNull(new MLContext().Model.LoadSafely(path, out _));
        Assert.NotNull(new MLContext().UseGradStability().UseGradStability().Model.Load(path, out _));
    }

    [Fact]
    public void A_save_that_fails_leaves_the_old_file_and_nothing_else()
    {
        var (ml, path) = _saved.Save("Ring", out _);
        var old = File.ReadAllBytes(path);
        Assert.ThrowsAny<Exception>(() => ml.Model.SaveSafely(new Unsavable(), null, path));
        Assert.Equal(old, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_saved.Folder));
    }

    [Fact]
    public void The_weights_lie_as_documented()
    {
        var (_, path) = _saved.Save("Ring", out var model);
        using var reader = new BinaryReader(new MemoryStream(SavedModel.Entry(path, "Weights.bin")), Encoding.UTF8);
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
