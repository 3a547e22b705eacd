using System.Text.Json;
using Microsoft.ML;
using MLNet.GradStability.OnnxFormat;
using MLNet.GradStability.Tests.Inputs;

namespace MLNet.GradStability.Tests.Onnx;

/// <summary>Fitted models as ONNX: keys beside numbers, every scaling, the names in the file, and errors.</summary>
public class OnnxModelTests
{
    private static readonly Dictionary<string, Network> Networks = new()
    {
        ["mlp"] = Network.Mlp([12], dropout: 0.1),
        ["tabular"] = Network.TabularResNet(8, 2),
        ["tabular transformer"] = Network.TabularTransformer(8, 2, 2),
    };

    private readonly MLContext _ml = new(1);

    public static TheoryData<string, string> Mixed
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var network in Networks.Keys)
            {
                foreach (var label in new[] { "Flag", "Class", "Number", "Pair", "Flags" })
                {
                    cases.Add(network, label);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> Scalings => ["robust", "standardize", "none", "without limit"];

    [OnnxTheory]
    [MemberData(nameof(Mixed))]
    public void Keys_and_numbers_of_several_columns_are_scored_as_in_the_model(string network, string label)
    {
        using var model = Fit(MixedRow.Options with { Network = Networks[network], LabelColumnName = label });
        using var session = OnnxSession.Of(model.Model.SaveOnnx);

        // Missing keys, and a missing number.
        var rows = MixedRow.View(_ml, 20, seed: 2, (row, i) =>
        {
            row.City = i switch { 0 => 5, 1 => 99, _ => row.City };
            row.Grade = i == 3 ? (byte)200 : row.Grade;
            row.Age = i == 4 ? float.NaN : row.Age;
        });
        AssertSame(model, session, rows);
    }

    [OnnxFact]
    public void A_key_that_the_model_does_not_know_is_a_missing_one()
    {
        using var model = Fit(MixedRow.Options with { LabelColumnName = "Number", FeatureColumnName = "Age", AdditionalFeatureColumnNames = ["City"] });
        using var session = OnnxSession.Of(model.Model.SaveOnnx);

        var scores = session.Run(4, new Dictionary<string, Array> { ["Age"] = new float[] { 30, 30, 30, 30 }, ["City"] = new uint[] { 0, 7, uint.MaxValue, 2 } })["Score"].Values;

        Assert.Equal(scores[0], scores[1]);
        Assert.Equal(scores[0], scores[2]);
        Assert.NotEqual(scores[0], scores[3]);
    }

    [OnnxFact]
    public void A_network_of_keys_alone_is_exported()
    {
        foreach (var network in Networks.Values)
        {
            using var model = Fit(MixedRow.Options with { Network = network, LabelColumnName = "Number", FeatureColumnName = "City", AdditionalFeatureColumnNames = ["Marks"] });
            using var session = OnnxSession.Of(model.Model.SaveOnnx);
            AssertSame(model, session, MixedRow.View(_ml, 20, seed: 2));
        }
    }

    [OnnxTheory]
    [MemberData(nameof(Scalings))]
    public void Scaling_is_part_of_the_model(string kind)
    {
        InputScaling? scaling = kind switch
        {
            "robust" => InputScaling.Robust(),
            "standardize" => InputScaling.Standardize(),
            "without limit" => InputScaling.Standardize(double.PositiveInfinity),
            _ => null,
        };
        using var model = Fit(MixedRow.Options with { InputScaling = scaling, LabelColumnName = "Number", AdditionalFeatureColumnNames = ["Age"] });
        using var session = OnnxSession.Of(model.Model.SaveOnnx);
        float[] far = kind is "none" or "without limit" ? [1, -1] : [1e30f, float.NegativeInfinity];
        var rows = MixedRow.View(_ml, 20, seed: 2, (row, i) => row.Sizes = i switch
        {
            0 => [far[0], 0.5f],
            1 => [50, far[1]],
            2 => [float.NaN, 1],
            _ => row.Sizes,
        });
        AssertSame(model, session, rows);
    }

    [OnnxFact]
    public void The_file_tells_names_task_and_labels()
    {
        var rows = Samples.Iris(_ml);
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
        using var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(new() { Network = Network.Mlp([4]), Epochs = 1, Seed = 1 }).Fit(keyed);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(Directory.CreateDirectory(folder.Path).FullName, "iris.onnx");
        model.Model.SaveOnnx(path);

        using var session = OnnxSession.Of(stream => stream.Write(File.ReadAllBytes(path)));
        Assert.Equal("MulticlassClassification", session.Notes["task"]);
        Assert.Equal(["setosa", "versicolor", "virginica"], JsonSerializer.Deserialize<string[]>(session.Notes["labels"])!);
        Assert.Equal(["Features"], session.Inputs.Keys);

        var file = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        Assert.Equal((8, 17), (file.IrVersion, file.OpsetImport.Single().Version));
        Assert.Equal("MLNet.GradStability", file.ProducerName);
        Assert.Equal(["hidden0.weight", "hidden0.bias", "output.weight", "output.bias"], file.Graph.Initializer.Select(weight => weight.Name).Where(name => name.StartsWith("hidden0", StringComparison.Ordinal) || name.StartsWith("output", StringComparison.Ordinal)));
        Assert.Equal("rows", file.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimParam);
    }

    [Fact]
    public void The_same_model_gives_the_same_file()
    {
        using var model = Fit(MixedRow.Options with { LabelColumnName = "Number" });
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        model.Model.SaveOnnx(first);
        model.Model.SaveOnnx(second);

        Assert.Equal(first.ToArray(), second.ToArray());
    }

    [Fact]
    public void An_input_named_like_an_output_is_refused()
    {
        var rows = _ml.Transforms.CopyColumns("Score", "Age").Fit(MixedRow.View(_ml)).Transform(MixedRow.View(_ml));
        using var model = _ml.Regression.Trainers.NeuralNetwork(MixedRow.Options with { FeatureColumnName = "Score", AdditionalFeatureColumnNames = [], LabelColumnName = "Number" }).Fit(rows);

        var error = Assert.Throws<ArgumentException>(() => model.Model.SaveOnnx(new MemoryStream()));
        Assert.StartsWith("SaveOnnx: an input column must not be named as an output is; \"Score\" is both.", error.Message, StringComparison.Ordinal);
    }

    private static void AssertSame(NeuralNetworkTransformer model, OnnxSession session, IDataView rows)
    {
        var scored = model.Transform(rows);
        var found = session.Run(20, Columns.Inputs(rows, session.Inputs.Keys));
        var columns = scored.Schema.Where(column => column.Index >= rows.Schema.Count).Select(column => column.Name).ToList();
        Assert.Equal(columns.Order(), found.Keys.Order());
        foreach (var name in columns)
        {
            var (values, shape) = Columns.Read(scored, name);
            Assert.Equal([20, .. shape], found[name].Shape);
            Support.AssertClose(values, found[name].Values, 1e-5);
        }
    }

    private NeuralNetworkTransformer Fit(NeuralNetworkOptions options)
    {
        var rows = MixedRow.View(_ml);
        return options.LabelColumnName switch
        {
            "Flag" or "Flags" => _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(rows),
            "Class" => _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(rows),
            _ => _ml.Regression.Trainers.NeuralNetwork(options).Fit(rows),
        };
    }

    /// <summary>Counts tensors, of which nothing else may make any meanwhile.</summary>
    [Collection(nameof(Alone))]
    public sealed class Tensors
    {
        [Fact]
        public void An_export_leaves_no_tensor_behind()
        {
            using var model = new OnnxModelTests().Fit(MixedRow.Options with { Network = Networks["tabular transformer"], LabelColumnName = "Number" });
            model.Model.SaveOnnx(new MemoryStream());
            var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            model.Model.SaveOnnx(new MemoryStream());

            Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
    }
}
