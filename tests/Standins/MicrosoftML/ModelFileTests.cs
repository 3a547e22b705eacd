using System.IO.Compression;
using System.Reflection;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.GradStability.Standins.Tests;

public class ModelFileTests
{
    private readonly MLContext _ml = new(seed: 1);

    private IDataView Data => _ml.Data.LoadFromEnumerable(Enumerable.Range(1, 3).Select(i => new Row { A = i, B = 2 * i }));

    [Fact]
    public void A_chain_lies_in_directories()
    {
        ITransformer model = _ml.Transforms.CopyColumns("C", "A").Append(_ml.Transforms.Concatenate("F", "A", "B")).Fit(Data);
        using var zip = new ZipArchive(new MemoryStream(Save(model, Data.Schema)));
        string[] names = [.. zip.Entries.Select(e => e.FullName.Replace('\\', '/')).Order()];
        Assert.Equal(
            [
                "Schema", "TrainingInfo/Version.txt", "TransformerChain/Model.key",
                "TransformerChain/Transform_000/Model.key", "TransformerChain/Transform_001/Model.key",
            ],
            names);
        using var version = new StreamReader(zip.GetEntry("TrainingInfo/Version.txt")!.Open());
        Assert.StartsWith("5.0.0", version.ReadToEnd());
    }

    [Fact]
    public void A_header_tells_what_follows()
    {
        byte[] file = Save(_ml.Transforms.CopyColumns("C", "A").Append(_ml.Transforms.CopyColumns("D", "B")).Fit(Data), null);
        byte[] key = Entry(file, "TransformerChain/Model.key");
        Assert.Equal("ML\0MODEL", Encoding.Latin1.GetString(key, 0, 8));
        Assert.Equal(256, BitConverter.ToInt64(key, 0x10));
        Assert.Equal("XF", Encoding.Latin1.GetString(key, 0x40, 2));
        Assert.Equal("TransformerChain", Encoding.Latin1.GetString(key, 0x50, 24).TrimEnd('\0'));
        Assert.Equal(2, BitConverter.ToInt32(key, 256));
        Assert.Equal("LEDOM\0LM", Encoding.Latin1.GetString(key, key.Length - 8, 8));
    }

    [Fact]
    public void A_loaded_model_does_the_same()
    {
        var model = _ml.Transforms.Concatenate("F", "A", "B").Append(_ml.Transforms.NormalizeMinMax("N", "F")).Fit(Data);
        var loaded = new MLContext().Model.Load(new MemoryStream(Save(model, Data.Schema)), out var schema);
        Assert.Equal(Data.Schema.Select(c => c.ToString()), schema.Select(c => c.ToString()));
        Assert.Equal(model.Transform(Data).GetColumn<float[]>("N"), loaded.Transform(Data).GetColumn<float[]>("N"));
        Assert.IsType<TransformerChain<ITransformer>>(loaded);
    }

    [Fact]
    public void The_input_schema_keeps_types_and_names()
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        definition["A"].AddAnnotation("IsNormalized", true, BooleanDataViewType.Instance);
        var data = _ml.Data.LoadFromEnumerable(new[] { new Row() }, definition);
        string path = Path.GetTempFileName();
        _ml.Model.Save(_ml.Transforms.CopyColumns("C", "A").Fit(data), data.Schema, path);
        _ml.Model.Load(path, out var schema);
        Assert.True(schema["A"].IsNormalized());
        _ml.Model.Save(_ml.Transforms.CopyColumns("C", "A").Fit(data), null, path);
        _ml.Model.Load(path, out schema);
        Assert.Null(schema);
        File.Delete(path);
    }

    [Fact]
    public void What_is_no_model_is_refused()
    {
        var noZip = Assert.Throws<FormatException>(() => _ml.Model.Load(new MemoryStream([1, 2, 3]), out _));
        Assert.Equal("Failed to open a zip archive", noZip.Message);
        var empty = new MemoryStream();
        new ZipArchive(empty, ZipArchiveMode.Create, leaveOpen: true).Dispose();
        Assert.Throws<InvalidOperationException>(() => _ml.Model.Load(empty, out _));
        byte[] file = Save(_ml.Transforms.CopyColumns("C", "A").Fit(Data), Data.Schema);
        Assert.Throws<FormatException>(() => _ml.Model.Load(new MemoryStream(file[..(file.Length / 2)]), out _));
        Assert.Throws<FormatException>(() => _ml.Model.Load(new MemoryStream(Without(file, "TransformerChain/Model.key")), out _));
    }

    [Theory]
    [InlineData(0x00, "Wrong file type")]
    [InlineData(0x0E, "Corrupt file header")]
    [InlineData(0x40, "Unknown file type")]
    [InlineData(0x4E, "too new")]
    [InlineData(0x50, "Couldn't load model: 'TransformerChain/Transform_000'")]
    public void An_altered_header_is_noticed(int offset, string message)
    {
        byte[] file = Save(_ml.Transforms.CopyColumns("C", "A").Append(_ml.Transforms.CopyColumns("D", "A")).Fit(Data), Data.Schema);
        byte[] altered = Altered(file, "TransformerChain/Transform_000/Model.key", key =>
        {
            key[offset]++;
            // A readable version above the written one would be noticed first.
            if (offset == 0x4E)
                key[0x4A]++;
        });
        var error = Assert.ThrowsAny<Exception>(() => _ml.Model.Load(new MemoryStream(altered), out _));
        while (!error.Message.Contains(message) && error.InnerException != null)
            error = error.InnerException;
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void Components_of_others_are_saved_and_loaded_by_registration()
    {
        var data = Data;
        byte[] file = Save(_ml.Transforms.CopyColumns("C", "A").Append(new ScalingEstimator(3)).Fit(data), data.Schema);
        Assert.NotEmpty(Entry(file, "TransformerChain/Transform_001/Scale.bin"));

        var fresh = new MLContext();
        var unknown = Assert.Throws<InvalidOperationException>(() => fresh.Model.Load(new MemoryStream(file), out _));
        Assert.Equal("Error during class instantiation", unknown.Message);
        Assert.Equal("Couldn't load model: 'TransformerChain/Transform_001'", unknown.GetBaseException().Message);
        fresh.ComponentCatalog.RegisterAssembly(new LoaderAssembly());
        fresh.ComponentCatalog.RegisterAssembly(new LoaderAssembly());
        var loaded = (TransformerChain<ITransformer>)fresh.Model.Load(new MemoryStream(file), out _);
        Assert.Equal(3, ((ScalingTransformer)loaded.LastTransformer).Factor);
    }

    [Fact]
    public void A_component_must_say_its_version()
    {
        var silent = new ScalingTransformer(1, version: null);
        Assert.Equal("ModelSignature not specified!", Assert.Throws<InvalidOperationException>(() => Save(silent, null)).Message);
    }

    private byte[] Save(ITransformer model, DataViewSchema? schema)
    {
        var stream = new MemoryStream();
        _ml.Model.Save(model, schema, stream);
        return stream.ToArray();
    }

    private static byte[] Entry(byte[] file, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        using var stream = zip.GetEntry(name)!.Open();
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static byte[] Without(byte[] file, string name)
    {
        var stream = new MemoryStream();
        stream.Write(file);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
            zip.GetEntry(name)!.Delete();
        return stream.ToArray();
    }

    private static byte[] Altered(byte[] file, string name, Action<byte[]> alter)
    {
        byte[] bytes = Entry(file, name);
        alter(bytes);
        var stream = new MemoryStream();
        stream.Write(Without(file, name));
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        using (var entry = zip.CreateEntry(name).Open())
            entry.Write(bytes);
        return stream.ToArray();
    }

    public class Row
    {
        public float A;
        public float B;
    }

    private sealed class ScalingEstimator(float factor) : IEstimator<ScalingTransformer>
    {
        public ScalingTransformer Fit(IDataView input) => new(factor, "SCALE  X");

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }

    /// <summary>A component outside ML.NET, which reaches the internal calls that every component needs.</summary>
    private sealed class ScalingTransformer(float factor, string? version) : ITransformer
    {
        public float Factor => factor;

        public bool IsRowToRowMapper => true;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

        public IDataView Transform(IDataView input) => input;

        public void Save(ModelSaveContext ctx)
        {
            if (version == null)
                return;
            object?[] parts = [version, 1u, 1u, 1u, typeof(ModelFileTests).Assembly.FullName, "ScalingLoader", null];
            Call(ctx, "SetVersionInfo", Activator.CreateInstance(LoaderAssembly.Core("VersionInfo"), parts)!);
            Call(ctx, "SaveBinaryStream", "Scale.bin", (Action<BinaryWriter>)(w => w.Write(factor)));
        }

        private static ScalingTransformer Create(IHostEnvironment env, object ctx)
        {
            float read = 0;
            Assert.Equal(true, Call(ctx, "TryLoadBinaryStream", "Scale.bin", (Action<BinaryReader>)(r => read = r.ReadSingle())));
            Assert.Equal(false, Call(ctx, "TryLoadBinaryStream", "None.bin", (Action<BinaryReader>)(_ => { })));
            return new(read, "SCALE  X");
        }

        private static object? Call(object context, string method, params object[] arguments)
        {
            const BindingFlags any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
            return context.GetType().GetMethod(method, any)!.Invoke(context, arguments);
        }
    }

    private sealed class LoaderAssembly : Assembly
    {
        public override string FullName => "ScalingLoader, Version=1.0.0.0";

        public static Type Core(string name) => typeof(ModelSaveContext).Assembly.GetType($"Microsoft.ML.{name}", throwOnError: true)!;

        public override Type[] GetTypes() => [];

        public override AssemblyName GetName() => new(FullName);

        public override object[] GetCustomAttributes(Type attributeType, bool inherit)
        {
            var attribute = Core("LoadableClassAttribute");
            var all = (object[])Array.CreateInstance(attribute, attributeType.IsAssignableFrom(attribute) ? 1 : 0);
            if (all.Length > 0)
            {
                var constructor = attribute.GetConstructor([typeof(Type), typeof(Type), typeof(Type), typeof(string), typeof(string[])]);
                string[] loadNames = ["ScalingLoader"];
                all[0] = constructor!.Invoke([typeof(ScalingTransformer), null, Core("SignatureLoadModel"), "Scaling", loadNames]);
            }
            return all;
        }
    }
}
