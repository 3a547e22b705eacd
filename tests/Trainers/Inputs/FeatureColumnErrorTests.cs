using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.GradStability.Tests.Persistence;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Inputs;

/// <summary>Feature columns that cannot be, at training and at scoring: what must hold, what was found, what to do.</summary>
public class FeatureColumnErrorTests
{
    private static readonly NeuralNetworkOptions Options = MixedRow.Options with { LabelColumnName = "Number", Epochs = 1 };
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Names_must_be_there_and_differ()
    {
        AssertError("NeuralNetworkOptions.AdditionalFeatureColumnNames: the data must have a column \"Town\"; it has Sizes, City", () => Fit(Options with { AdditionalFeatureColumnNames = ["Town"] }));
        AssertError("NeuralNetworkOptions: AdditionalFeatureColumnNames must name each column once; got City.", () => _ = Options with { AdditionalFeatureColumnNames = ["City", "Age", "City"] });
        AssertError("NeuralNetworkOptions: AdditionalFeatureColumnNames must not be empty; got \" \".", () => _ = Options with { AdditionalFeatureColumnNames = ["City", " "] });
        AssertError("NeuralNetworkOptions: AdditionalFeatureColumnNames must be given; got null.", () => _ = Options with { AdditionalFeatureColumnNames = null! });
        AssertError("NeuralNetworkOptions: CategoricalEmbedding must be given; got null.", () => _ = Options with { CategoricalEmbedding = null! });
        AssertError("FeatureColumnName and AdditionalFeatureColumnNames must name different columns; both are \"Sizes\".", () => Fit(Options with { AdditionalFeatureColumnNames = ["Sizes"] }));
        AssertError("LabelColumnName and AdditionalFeatureColumnNames must name different columns; both are \"Number\".", () => Fit(Options with { AdditionalFeatureColumnNames = ["Number"] }));
    }

    [Theory]
    [InlineData("Flag", "it is Boolean. Append Conversion.ConvertType to Single for numbers, Conversion.MapValueToKey for categories.")]
    [InlineData("Flags", "it is Vector<Boolean, 2>. Append Conversion.ConvertType")]
    public void Types_must_be_those_of_numbers_or_keys(string column, string rest) =>
        AssertError($"The feature column \"{column}\" must be Single, a key, or a vector of either of known size; {rest}", () => Fit(Options with { AdditionalFeatureColumnNames = [column] }));

    [Fact]
    public void The_same_is_said_from_the_shape_of_the_schema()
    {
        var pipeline = _ml.Transforms.CopyColumns("Copy", "Flag").Append(_ml.Regression.Trainers.NeuralNetwork(Options with { AdditionalFeatureColumnNames = ["Copy"] }));
        AssertError("The feature column \"Copy\" must be Single, a key, or a vector of either of known size; it is Boolean.", () => pipeline.Fit(MixedRow.View(_ml)));
        var good = _ml.Transforms.CopyColumns("Copy", "Marks").Append(_ml.Regression.Trainers.NeuralNetwork(Options with { AdditionalFeatureColumnNames = ["Copy", "Age"] }));
        (good.Fit(MixedRow.View(_ml)) as IDisposable)?.Dispose();
    }

    [Fact]
    public void Keys_of_too_many_values_are_refused() => AssertError(
        "The feature column \"Key\" must be a key of at most 16777216 values, which a Single holds exactly; it is Key<UInt32, 0-16777216>. Use MapValueToKey",
        () => _ml.Regression.Trainers.NeuralNetwork(new() { FeatureColumnName = "Key", LabelColumnName = "Number" }).Fit(_ml.Data.LoadFromEnumerable(new[] { new Large() })));

    [Theory]
    [InlineData(false, "Network.Cnn: feature columns must hold numbers, which the network sees as [channels, height, width]; \"City\" is a key of 6 values.")]
    [InlineData(true, "Network.Cnn: inputShape must hold as many numbers as a row has features; [1, 2, 2] holds 4, the feature columns \"Sizes\", \"Age\" 3.")]
    public void Networks_with_a_shape_take_numbers_of_that_shape(bool numbers, string message) => AssertError(
        message, () => Fit(Options with { Network = Network.Cnn([1, 2, 2], [Layer.Flatten()]), AdditionalFeatureColumnNames = numbers ? ["Age"] : ["City", "Age"] }));

    [Fact]
    public void Several_columns_of_numbers_make_up_a_shape() =>
        Fit(Options with { Network = Network.Cnn([1, 1, 3], [Layer.Flatten()]), AdditionalFeatureColumnNames = ["Age"] });

    [Fact]
    public void A_number_that_is_not_finite_is_named_by_its_column()
    {
        AssertError("The column \"Age\" must hold finite numbers; row 4 holds NaN.", () => Fit(Options, (row, i) => row.Age = i == 4 ? float.NaN : 1));
        AssertError("The column \"Sizes\", slot 1, must hold finite numbers; row 2 holds ", () => Fit(Options, (row, i) => row.Sizes[1] = i == 2 ? float.PositiveInfinity : 1));
    }

    [Fact]
    public void Scoring_wants_the_columns_of_the_training()
    {
        using var model = _ml.Regression.Trainers.NeuralNetwork(Options with { AdditionalFeatureColumnNames = ["City"] }).Fit(MixedRow.View(_ml));
        AssertError("NeuralNetworkOptions.AdditionalFeatureColumnNames: the data must have a column \"City\"; it has Sizes.", () => model.Transform(_ml.Data.LoadFromEnumerable(new[] { new NoCity() })));
        AssertError("The feature column \"City\" must be a key of 6 values, as in training; it is Key<UInt32, 0-6>. Score with", () => model.Transform(_ml.Data.LoadFromEnumerable(new[] { new OtherCity() })));
        AssertError("The feature column \"City\" must be a key of 6 values, as in training; it is Single. Score with", () => model.Transform(_ml.Data.LoadFromEnumerable(new[] { new NumberCity() })));
    }

    [Fact]
    public void Scoring_wants_keys_of_the_same_values()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Named { Text = $"t{i % 3}", Number = i % 3 }).ToList());
        var other = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Named { Text = $"u{i % 3}", Number = i % 3 }).ToList());
        var mapping = _ml.Transforms.Conversion.MapValueToKey("Key", "Text");
        using var model = _ml.Regression.Trainers.NeuralNetwork(new() { FeatureColumnName = "Key", LabelColumnName = "Number", Epochs = 1 }).Fit(mapping.Fit(data).Transform(data));
        model.Transform(mapping.Fit(data).Transform(other));
        AssertError("The feature column \"Key\" must be a key of the same values, as in the training data; it is one of others. Put both through the same fitted transforms.", () => model.Transform(mapping.Fit(other).Transform(other)));
    }

    [Fact]
    public void A_module_that_cannot_take_up_embeddings_is_told_so()
    {
        NetworkModules.Register("inputs-embedding", (inputs, outputs) => new Taken(inputs, outputs));
        AssertError(
            "Network.Custom \"inputs-embedding\": the module must have no part named \"embedding\" beside key columns, whose embeddings take that name; it has one. Rename it.",
            () => Fit(Options with { Network = Network.Custom("inputs-embedding") }));
    }

    [Fact]
    public void A_file_of_format_1_still_loads()
    {
        var (ml, path) = Saved(out var scores);
        Edit(path, json =>
        {
            json["formatVersion"] = 1;
            json.Remove("inputs");
            json["options"]!.AsObject().Remove("additionalFeatureColumnNames");
            json["options"]!.AsObject().Remove("categoricalEmbedding");
        });
        using var loaded = (NeuralNetworkTransformer)ml.Model.LoadSafely(path, out _);

        Assert.Equal(scores, loaded.Transform(MixedRow.View(ml)).GetColumn<float>("Score"));
        File.Delete(path);
    }

    [Theory]
    [InlineData("name", "\"Town\"")]
    [InlineData("size", "3")]
    [InlineData("size", "-2")]
    [InlineData("values", "2000000000")]
    public void A_file_with_columns_that_do_not_fit_is_refused(string property, string value)
    {
        var (ml, path) = Saved(out _);
        Edit(path, json => json["inputs"]![0]![property] = JsonNode.Parse(value));
        AssertError("the feature columns do not fit the options or the size of a row", () => ml.Model.LoadSafely(path, out _));
        File.Delete(path);
    }

    private static (MLContext Ml, string Path) Saved(out float[] scores)
    {
        var ml = new MLContext(1);
        var path = Path.GetTempFileName();
        using var model = ml.Regression.Trainers.NeuralNetwork(Options with { AdditionalFeatureColumnNames = [] }).Fit(MixedRow.View(ml));
        ml.Model.SaveSafely(model, MixedRow.View(ml).Schema, path);
        scores = [.. model.Transform(MixedRow.View(ml)).GetColumn<float>("Score")];
        return (ml, path);
    }

    private static void Edit(string path, Action<JsonObject> edit) => SavedModel.EditDescription(path, json => edit(json.AsObject()));

    private static void AssertError(string part, Action act)
    {
        var error = Assert.ThrowsAny<Exception>(act);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private void Fit(NeuralNetworkOptions options, Action<MixedRow, int>? change = null) =>
        _ml.Regression.Trainers.NeuralNetwork(options).Fit(MixedRow.View(_ml, change: change)).Dispose();

    private sealed class Taken : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> _linear;

        public Taken(int inputs, int outputs)
            : base(nameof(Taken))
        {
            _linear = nn.Linear(inputs, outputs);
            register_module("embedding", _linear);
        }

        public override Tensor forward(Tensor input) => _linear.call(input);
    }

    private sealed class Large
    {
        [KeyType((1 << 24) + 1)]
        public uint Key { get; set; }

        public float Number { get; set; }
    }

    private class NoCity
    {
        [VectorType(2)]
        public float[] Sizes { get; set; } = [1, 2];
    }

    private sealed class OtherCity : NoCity
    {
        [KeyType(7)]
        public uint City { get; set; }
    }

    private sealed class NumberCity : NoCity
    {
        public float City { get; set; }
    }

    private sealed class Named
    {
        public string Text { get; set; } = string.Empty;

        public float Number { get; set; }
    }
}
