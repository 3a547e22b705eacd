using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.GradStability.Tests.Networks;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Inputs;

/// <summary>Embeddings of key columns: their sizes, names, first vectors and learning, and what becomes of keys that training never saw.</summary>
public class EmbeddingTests
{
    private static readonly NeuralNetworkOptions Options = MixedRow.Options with { LabelColumnName = "Number" };
    private readonly MLContext _ml = new(1);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(10, 6)]
    [InlineData(100, 21)]
    [InlineData(467, 50)]
    [InlineData(1_000_000, 50)]
    public void The_size_follows_the_number_of_values(int values, int size)
    {
        Assert.Equal(size, new CategoricalEmbedding().SizeFor(values));
        Assert.Equal(Math.Min(size, 7), new CategoricalEmbedding { MaxSize = 7 }.SizeFor(values));
        Assert.Equal(3, new CategoricalEmbedding { Size = 3 }.SizeFor(values));
    }

    [Fact]
    public void Sizes_out_of_range_are_refused()
    {
        Assert.StartsWith("CategoricalEmbedding: Size must be from 1 to 65536; got 0.", Assert.Throws<ArgumentOutOfRangeException>(() => new CategoricalEmbedding { Size = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("CategoricalEmbedding: MaxSize must be from 1 to 65536; got 70000.", Assert.Throws<ArgumentOutOfRangeException>(() => new CategoricalEmbedding { MaxSize = 70_000 }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_are_named_by_their_columns_and_the_network_keeps_its_names()
    {
        using var model = _ml.Regression.Trainers.NeuralNetwork(Options with { CategoricalEmbedding = new() { Size = 3 } }).Fit(MixedRow.View(_ml));

        Assert.Equal(
            [
                "hidden0.weight 12×18", "hidden0.bias 12", "output.weight 1×12", "output.bias 1",
                "embedding.City.weight 7×3", "embedding.Marks_0.weight 5×3", "embedding.Marks_1.weight 5×3", "embedding.Marks_2.weight 5×3", "embedding.Grade.weight 6×3",
            ],
            model.Model.Module.named_parameters().Select(named => $"{named.name} {string.Join('×', named.parameter.shape)}"));
        Assert.Equal(
            ["embedding.City", "embedding.Marks_0", "embedding.Marks_1", "embedding.Marks_2", "embedding.Grade", "hidden0", "activation0", "dropout0", "output", "total"],
            model.Model.Summary().Split('\n').Skip(1).SkipLast(1).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void Names_of_columns_that_are_no_names_of_modules_are_made_so()
    {
        var layout = new InputLayout([Key("a.b"), Key("a*b"), Key("ü"), new("n", 2, true, 0, null), new("v", 2, true, 4, null)]);

        Assert.Equal(["a_b", "a_b_", "_", "v_0", "v_1"], layout.Keys.Select(slot => slot.Name));
        Assert.Equal((2, 7), (layout.Numbers, layout.Size));
        Assert.Equal([2, 3, 4, 0, 5], Enumerable.Range(0, 5).Select(layout.PlaceOf));

        static InputColumn Key(string name) => new(name, 1, false, 4, null);
    }

    [Fact]
    public void The_front_puts_vectors_in_the_place_of_keys()
    {
        using var scope = NewDisposeScope();
        var layout = new InputLayout([new("City", 1, false, 2, null), new("Sizes", 2, true, 0, null), new("Grade", 1, false, 3, null)]);
        using var network = NetworkFactory.Build(new() { Network = Network.Mlp([]) }, layout, 1, 1, null);
        var named = network.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter);
        using (no_grad())
        {
            named["embedding.City.weight"].copy_(tensor(new float[] { 1, 2, 3, 4, 5, 6 }).view(3, 2));
            named["embedding.Grade.weight"].copy_(tensor(new float[] { 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120 }).view(4, 3));
            named["output.weight"].copy_(tensor(new float[] { 1, 1000, 2, 3, 0.5f, 0, 0.25f }).view(1, 7));
            named["output.bias"].fill_(0);
        }

        // sizes, then city 2 and grade 1; then city and grade unknown.
        var outputs = network.call(tensor(new float[] { 7, 8, 2, 1, -7, 0, 0, 0 }).view(2, 4));
        outputs.sum().backward();

        Assert.Equal([7 + 8000 + (2 * 5) + (3 * 6) + (0.5 * 40) + (0.25 * 60), -7 + (2 * 1) + (3 * 2) + (0.5 * 10) + (0.25 * 30)], outputs.ToArray());
        Assert.Equal([2, 3, 0, 0, 2, 3], named["embedding.City.weight"].grad!.ToArray());
        Assert.Equal([0.5, 0, 0.25, 0.5, 0, 0.25, 0, 0, 0, 0, 0, 0], named["embedding.Grade.weight"].grad!.ToArray());
    }

    [Theory]
    [InlineData("isometric")]
    [InlineData("lsuv")]
    [InlineData("he")]
    [InlineData("custom")]
    public void Every_initialiser_starts_vectors_with_unit_length_on_average(string kind)
    {
        var options = Options with
        {
            Network = kind == "custom" ? OwnNets.Registered() : Options.Network,
            Initializer = kind switch { "lsuv" => Initializer.Lsuv(), "he" => Initializer.HeNormal(), _ => Initializer.Isometric() },
            Optimizer = Optimizer.Adam(1e-30),
            Epochs = 1,
            FeatureColumnName = "City",
            AdditionalFeatureColumnNames = ["Age"],
            CategoricalEmbedding = new() { Size = 2000 },
            Gradients = GradientTransform.Adaptive(),
            Regularizer = Regularizer.Orthogonality(1e-6).And(Regularizer.L1(1e-6)),
        };
        using var model = _ml.Regression.Trainers.NeuralNetwork(options).Fit(MixedRow.View(_ml));

        Assert.All(Table(model, "City").Take(MixedRow.Cities + 1).Skip(1), row => Assert.InRange(row.Sum(number => number * number), 0.8, 1.2));
    }

    [Fact]
    public void What_only_keys_tell_is_learned()
    {
        var options = Options with { LabelColumnName = "Class", AdditionalFeatureColumnNames = ["City"], Network = Network.Mlp([32]), Optimizer = Optimizer.Adam(1e-2), Epochs = 20 };
        using var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(MixedRow.View(_ml, 300));
        using var without = _ml.MulticlassClassification.Trainers.NeuralNetwork(options with { AdditionalFeatureColumnNames = [] }).Fit(MixedRow.View(_ml, 300));
        var fresh = MixedRow.View(_ml, 300, seed: 2);

        Assert.Equal(1, _ml.MulticlassClassification.Evaluate(model.Transform(fresh), "Class").MicroAccuracy, 2);
        Assert.True(_ml.MulticlassClassification.Evaluate(without.Transform(fresh), "Class").MicroAccuracy < 0.5);
    }

    [Fact]
    public void Rules_by_name_hold_for_embeddings()
    {
        var rows = MixedRow.View(_ml);
        using var start = _ml.Regression.Trainers.NeuralNetwork(Options with { Optimizer = Optimizer.Adam(1e-30), Initializer = Initializer.Constant(0.25).Where("embedding.City") }).Fit(rows);
        Assert.All(Table(start, "City").SelectMany(row => row), number => Assert.Equal(0.25, number));

        using var frozen = _ml.Regression.Trainers.NeuralNetwork(Options with { Initializer = Initializer.Constant(0.25).Where("embedding*"), Optimizer = Optimizer.Adam(0.1).Freeze("embedding.City") }).Fit(rows);
        Assert.All(Table(frozen, "City").SelectMany(row => row), number => Assert.Equal(0.25, number));
        Assert.Contains(Table(frozen, "Grade").SelectMany(row => row), number => number != 0.25);

        var error = Assert.Throws<ArgumentException>(() => _ml.Regression.Trainers.NeuralNetwork(Options with { Optimizer = Optimizer.Adam(0.1).Freeze("embedding.Town") }).Fit(rows));
        Assert.Contains("embedding.City.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_training_never_saw_are_scored_as_an_average_one()
    {
        // Cities 0 to 3 of 6, the first three times as often.
        var options = Options with { AdditionalFeatureColumnNames = ["City"], Epochs = 5, ValidationFraction = 0.2 };
        using var model = _ml.Regression.Trainers.NeuralNetwork(options).Fit(MixedRow.View(_ml, 120, change: (row, i) => row.City = (uint)Math.Max(0, (i % 6) - 2)));
        var table = Table(model, "City");

        Assert.Equal(table[0], table[5]);
        Assert.Equal(table[0], table[6]);
        Assert.All(Enumerable.Range(1, 4), key => Assert.NotEqual(table[0], table[key]));
        var scores = model.Transform(MixedRow.View(_ml, 4, change: (row, i) => (row.Sizes, row.City) = ([50, 0.5f], i == 0 ? 4 : i == 1 ? 5u : 99))).GetColumn<float>("Score").ToArray();
        Assert.All(scores, score => Assert.Equal(scores[0], score));
    }

    [Fact]
    public void The_mean_is_that_of_the_training_rows_by_weight()
    {
        using var scope = NewDisposeScope();
        var layout = new InputLayout([new("City", 1, false, 3, null)]);
        using var network = NetworkFactory.Build(new() { Network = Network.Mlp([2]), CategoricalEmbedding = new() { Size = 1 } }, layout, 1, 1, null);
        var table = network.named_parameters().Single(named => named.name == "embedding.City.weight").parameter;
        using (no_grad())
        {
            table.copy_(tensor(new float[] { 9, 1, 5, 9 }).view(4, 1));
        }

        var counts = new KeyCounts(layout);
        counts.Add([1], 1);
        counts.Add([1], 2);
        counts.Add([2], 1);
        counts.Add([3], 0);
        using (var unseen = new UnseenKeys(network, counts))
        {
            unseen.Fill();
        }

        Assert.Equal([2, 1, 5, 2], table.ToArray());
    }

    [Fact]
    public void A_missing_key_is_learned_where_training_has_some()
    {
        var options = Options with { AdditionalFeatureColumnNames = ["City"], Network = Network.Mlp([32]), Optimizer = Optimizer.Adam(1e-2), Epochs = 20 };
        void Change(MixedRow row, int i) => (row.City, row.Number) = i % 2 == 0 ? (99, 100) : (row.City, 0);
        using var model = _ml.Regression.Trainers.NeuralNetwork(options).Fit(MixedRow.View(_ml, 200, change: Change));
        var scores = model.Transform(MixedRow.View(_ml, 40, seed: 2, change: Change)).GetColumn<float>("Score").ToArray();

        Assert.All(scores, (score, i) => Assert.InRange(score, i % 2 == 0 ? 90 : -10, i % 2 == 0 ? 110 : 10));
    }

    [Fact]
    public void Large_keys_disturb_neither_the_check_of_first_weights_nor_the_diagnosis()
    {
        var rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i => new Wide { Big = (uint)(i * 99_991), Number = i % 2 }).ToList());
        using var model = _ml.Regression.Trainers.NeuralNetwork(new()
        {
            FeatureColumnName = "Big",
            LabelColumnName = "Number",
            CategoricalEmbedding = new() { Size = 1 },
            Epochs = 2,
            Seed = 1,
            Network = Network.Mlp([4]),
            DiagnosisEvery = 1,
            InputScaling = InputScaling.Robust(),
        }).Fit(rows);

        Assert.Empty(model.Model.Training!.Incidents);
        Assert.All(model.Model.Training.Samples, sample => Assert.True(double.IsNaN(sample.LargestInput)));
    }

    private static List<double[]> Table(NeuralNetworkTransformer model, string column)
    {
        using var scope = NewDisposeScope();
        var table = model.Model.Module.named_parameters().Single(named => named.name == $"embedding.{column}.weight").parameter;
        return [.. table.ToArray().Chunk((int)table.shape[1])];
    }

    private sealed class Wide
    {
        [KeyType(1 << 24)]
        public uint Big { get; set; }

        public float Number { get; set; }
    }
}
