using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.GradStability.OnnxFormat;
using MLNet.GradStability.Tests.Networks;

namespace MLNet.GradStability.Tests.Onnx;

/// <summary>Pipelines as ONNX: each step of data preparation that is written scores as in ML.NET, and every other is an error that names it.</summary>
public class OnnxPipelineTests
{
    private const int Count = 60;
    private readonly MLContext _ml = new(1);

    public static TheoryData<string> Steps => ["guard", "guard without clipping", "guard that only clips", "min max", "min max of one", "mean and variance", "two at once", "join", "copy", "key", "one hot", "all"];

    public static TheoryData<string, string> Others => new()
    {
        { "cdf", "\"Sizes\" comes from NormalizingTransformer of another kind." },
        { "missing", "\"Sizes\" comes from MissingValueReplacingTransformer." },
        { "binary codes", "\"Sizes\" comes from OneHotEncodingTransformer." },
        { "numbers as keys", "\"Key\" comes from ValueToKeyMappingTransformer." },
    };

    [OnnxTheory]
    [MemberData(nameof(Steps))]
    public void A_pipeline_scores_as_in_MLNet(string kind)
    {
        var (steps, features) = Preparation(kind);
        var rows = View();
        var prepared = steps.Fit(rows);
        using var network = Train(prepared.Transform(rows), features);
        var model = prepared.Append(network);
        using var session = OnnxSession.Of(stream => _ml.Model.SaveOnnx(model, rows.Schema, stream));

        // New rows, with texts that training never saw and numbers far outside.
        var fresh = View(seed: 2, (row, i) => (row.Place, row.Sizes[0]) = i switch { 3 => ("nowhere", 1e9f), 4 => (string.Empty, -1e9f), _ => (row.Place, row.Sizes[0]) });
        var scored = model.Transform(fresh);
        var found = session.Run(Count, Columns.Inputs(fresh, session.Inputs.Keys));

        Assert.DoesNotContain("Label", session.Inputs.Keys);
        Assert.Equal(["Score"], found.Keys);
        var expected = Columns.Read(scored, "Score").Values;
        Support.AssertClose(expected, found["Score"].Values, 1e-5);
        Assert.True(expected.Distinct().Count() > 3);
    }

    [OnnxFact]
    public void A_loaded_pipeline_scores_the_same()
    {
        var (steps, features) = Preparation("all");
        var rows = View();
        var prepared = steps.Fit(rows);
        using var network = Train(prepared.Transform(rows), features);
        using var zip = new MemoryStream();
        _ml.Model.Save(prepared.Append(network), rows.Schema, zip);
        zip.Position = 0;
        var fresh = new MLContext(2);
        var loaded = fresh.UseGradStability().Model.Load(zip, out var schema);

        // The encoding of texts is saved as two steps.
        using var session = OnnxSession.Of(stream => fresh.Model.SaveOnnx(loaded, schema, stream));
        var found = session.Run(Count, Columns.Inputs(rows, session.Inputs.Keys));
        Support.AssertClose(Columns.Read(loaded.Transform(rows), "Score").Values, found["Score"].Values, 1e-5);
    }

    [OnnxFact]
    public void What_a_guard_imputes_is_imputed_and_what_it_rejects_is_NaN()
    {
        foreach (var action in new[] { NonFiniteAction.Impute, NonFiniteAction.Reject })
        {
            var rows = View();
            var guard = _ml.Transforms.InputGuard("Sizes", options: new() { OnNonFinite = action }).Fit(rows);
            using var network = Train(guard.Transform(rows), ["Sizes"]);
            using var session = OnnxSession.Of(stream => _ml.Model.SaveOnnx(guard.Append(network), rows.Schema, stream));
            var found = session.Run(4, new Dictionary<string, Array> { ["Sizes"] = new[] { 50, 0.5f, float.NaN, 0.5f, float.PositiveInfinity, 0.5f, 50, float.NegativeInfinity } })["Score"].Values;

            Assert.True(double.IsFinite(found[0]));
            Assert.All(found[1..], score => Assert.Equal(action == NonFiniteAction.Reject, double.IsNaN(score)));
            if (action == NonFiniteAction.Impute)
            {
                Assert.Equal(found[1], found[2]);
            }
        }
    }

    [OnnxFact]
    public void Steps_of_the_label_and_behind_the_network_have_no_part_in_it()
    {
        var rows = Samples.Iris(_ml);
        var model = _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.Transforms.NormalizeMinMax("Features"))
            .Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(new() { Network = Network.Mlp([4]), Epochs = 2, Seed = 1 }))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(rows);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(Directory.CreateDirectory(folder.Path).FullName, "iris.onnx");
        _ml.Model.SaveOnnx(model, rows.Schema, path);

        using var session = OnnxSession.Of(stream => stream.Write(File.ReadAllBytes(path)));
        Assert.Equal(["Features"], session.Inputs.Keys);
        var found = session.Run(150, Columns.Inputs(rows, ["Features"]));
        Support.AssertClose(Columns.Read(model.Transform(rows), "Score").Values, found["Score"].Values, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_step_that_cannot_be_written_is_named(string kind, string message)
    {
        IEstimator<ITransformer> steps = kind switch
        {
            "cdf" => _ml.Transforms.NormalizeMeanVariance("Sizes", useCdf: true),
            "binary codes" => _ml.Transforms.Categorical.OneHotEncoding("Sizes", "Place", Microsoft.ML.Transforms.OneHotEncodingEstimator.OutputKind.Binary),
            "missing" => _ml.Transforms.ReplaceMissingValues("Sizes"),
            _ => _ml.Transforms.Conversion.MapValueToKey("Key", "Age"),
        };
        var rows = View();
        var prepared = steps.Fit(rows);
        using var network = Train(prepared.Transform(rows), [kind == "numbers as keys" ? "Key" : "Sizes"]);

        var error = Assert.Throws<NotSupportedException>(() => _ml.Model.SaveOnnx(prepared.Append(network), rows.Schema, new MemoryStream()));
        Assert.StartsWith("SaveOnnx: the steps in front of the network must be InputGuard, affine normalisers, ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_with_no_network_or_with_something_behind_it_are_refused()
    {
        var rows = View();
        var copy = _ml.Transforms.CopyColumns("Other", "Age").Fit(rows);
        using var network = Train(rows, ["Sizes"]);

        Assert.StartsWith("SaveOnnx: the model must hold one network; it holds 0.", Assert.Throws<ArgumentException>(() => _ml.Model.SaveOnnx(copy, rows.Schema, new MemoryStream())).Message, StringComparison.Ordinal);
        Assert.StartsWith("SaveOnnx: nothing but MapKeyToValue may follow the network; ColumnCopyingTransformer does.", Assert.Throws<NotSupportedException>(() => _ml.Model.SaveOnnx(network.Append(copy), rows.Schema, new MemoryStream())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_export_leaves_the_old_file()
    {
        var rows = View();
        using var network = _ml.Regression.Trainers.NeuralNetwork(new() { Network = OwnNets.Registered(), FeatureColumnName = "Sizes", Epochs = 1, Seed = 1 }).Fit(rows);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(Directory.CreateDirectory(folder.Path).FullName, "model.onnx");
        File.WriteAllText(path, "old");

        Assert.Throws<NotSupportedException>(() => _ml.Model.SaveOnnx(network, rows.Schema, path));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Operators_of_texts_are_imported_only_where_they_are_used()
    {
        Assert.Equal([string.Empty, "ai.onnx.ml"], Domains("one hot"));
        Assert.Equal([string.Empty], Domains("join"));

        IEnumerable<string> Domains(string kind)
        {
            var (steps, features) = Preparation(kind);
            var prepared = steps.Fit(View());
            using var network = Train(prepared.Transform(View()), features);
            using var stream = new MemoryStream();
            _ml.Model.SaveOnnx(prepared.Append(network), View().Schema, stream);
            return [.. ModelProto.Parser.ParseFrom(stream.ToArray()).OpsetImport.Select(import => import.Domain)];
        }
    }

    private (IEstimator<ITransformer> Steps, string[] Features) Preparation(string kind) => kind switch
    {
        "guard" => (_ml.Transforms.InputGuard("Sizes"), ["Sizes"]),
        "guard without clipping" => (_ml.Transforms.InputGuard("Guarded", "Age", new() { ClipDeviations = null }), ["Guarded"]),
        "guard that only clips" => (_ml.Transforms.InputGuard("Sizes", options: new() { Standardise = false, ClipDeviations = 2 }), ["Sizes"]),
        "min max" => (_ml.Transforms.NormalizeMinMax("Sizes"), ["Sizes"]),
        "min max of one" => (_ml.Transforms.NormalizeMinMax("Age", fixZero: false), ["Age"]),
        "mean and variance" => (_ml.Transforms.NormalizeMeanVariance("Sizes", useCdf: false), ["Sizes"]),
        "two at once" => (_ml.Transforms.NormalizeMinMax([new("Old", "Age"), new("Sizes"), new("Far", "Sizes")]).Append(_ml.Transforms.SelectColumns("Label", "Far", "Sizes", "Old")), ["Sizes", "Old", "Far"]),
        "join" => (_ml.Transforms.Concatenate("Features", "Sizes", "Age", "Sizes"), ["Features"]),
        "copy" => (_ml.Transforms.CopyColumns("Features", "Sizes"), ["Features"]),
        "key" => (_ml.Transforms.Conversion.MapValueToKey("Key", "Place"), ["Sizes", "Key"]),
        "one hot" => (_ml.Transforms.Categorical.OneHotEncoding("Places", "Place").Append(_ml.Transforms.Concatenate("Features", "Places", "Sizes")), ["Features"]),
        _ => (_ml.Transforms.Conversion.MapValueToKey("Key", "Place")
            .Append(_ml.Transforms.Concatenate("Numbers", "Age", "Sizes"))
            .Append(_ml.Transforms.InputGuard("Numbers"))
            .Append(_ml.Transforms.NormalizeMinMax("Sizes"))
            .Append(_ml.Transforms.Categorical.OneHotEncoding("Place"))
            .Append(_ml.Transforms.Concatenate("Features", "Sizes", "Place", "Numbers")), ["Features", "Key"]),
    };

    private NeuralNetworkTransformer Train(IDataView rows, string[] features) => _ml.Regression.Trainers.NeuralNetwork(new()
    {
        FeatureColumnName = features[0],
        AdditionalFeatureColumnNames = features[1..],
        Network = Network.Mlp([8]),
        Epochs = 3,
        Seed = 1,
    }).Fit(rows);

    private IDataView View(int seed = 1, Action<Row, int>? change = null)
    {
        var random = new Random(seed);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, Count).Select(i =>
        {
            var row = new Row { Sizes = [50 + (100 * random.NextSingle()), random.NextSingle()], Age = 20 + random.Next(50), Place = new[] { "north", "south", "east" }[random.Next(3)] };
            row.Label = row.Sizes[0] + row.Age + row.Place.Length;
            change?.Invoke(row, i);
            return row;
        }).ToList());
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Sizes { get; set; } = [];

        public float Age { get; set; }

        public string Place { get; set; } = string.Empty;

        public float Label { get; set; }
    }
}
