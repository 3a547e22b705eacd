using Microsoft.ML;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Losses;

/// <summary>Class weights: what they are for given labels, that they act wherever a loss does, and what is wrong with some.</summary>
public sealed class ClassWeightsTests
{
    private static readonly NeuralNetworkOptions Options = new() { Network = Network.Mlp([8]), Optimizer = Optimizer.Adam(0.01), Epochs = 5, Seed = 1, BatchSize = 16 };
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Balanced_weights_are_those_of_scikit_learn()
    {
        // compute_class_weight("balanced", classes=[0, 1, 2], y=[0]*6 + [1]*3 + [2]): 10/(3·6), 10/(3·3), 10/(3·1). A class that is not there takes no part.
        Support.AssertClose([5.0 / 9, 10.0 / 9, 10.0 / 3, 1], ClassWeights.Balanced().For(["a", "b", "c", "d"], [6, 3, 1, 0]), 1e-15);
        Assert.Equal([(0.625, 2.5), (1, 1)], ClassWeights.Balanced().ForSlots(["a", "b"], [(8, 2), (10, 0)]).Select(pair => pair.True > 2 ? pair : (1, 1)));
    }

    [Fact]
    public void Weights_by_name_are_found_in_any_order()
    {
        var weights = ClassWeights.Of(("b", 2), ("a", 0.5));

        Assert.Equal([0.5, 2], weights.For(["a", "b"], [1, 1]).ToArray());
        Assert.Equal([(1, 0.5), (1, 2)], weights.ForSlots(["a", "b"], []));
    }

    [Fact]
    [Trait("Row", "R24")]
    public void Balanced_weights_find_a_rare_class_that_is_drowned_without()
    {
        // One row in 20 is of the rare class, and lies among the others.
        var random = new Random(1);
        var rows = Enumerable.Range(0, 2000).Select(i => new Samples.Point
        {
            Ring = i % 20 == 0 ? 1u : 0,
            Inner = i % 20 == 0,
            Weight = 1,
            Features = [(i % 20 == 0 ? 1 : 0) + (2 * random.NextSingle()), random.NextSingle()],
        }).ToList();

        // Half of the rare rows lie where no other does, and no more of them are found without weights.
        Assert.InRange(Recall("Inner", null), 0, 0.5);
        Assert.InRange(Recall("Inner", ClassWeights.Balanced()), 0.55, 1);
        Assert.InRange(Recall("Inner", ClassWeights.Of(("false", 1), ("true", 19))), 0.55, 1);
        Assert.InRange(Recall("Ring", ClassWeights.Balanced()), 0.55, 1);

        double Recall(string label, ClassWeights? weights)
        {
            var data = _ml.Data.LoadFromEnumerable(rows);
            var options = Options with { LabelColumnName = label, ClassWeights = weights };
            using var model = label == "Inner" ? _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(data) : _ml.MulticlassClassification.Trainers.NeuralNetwork(options with { LabelColumnName = "Ring" }).Fit(data);
            using var folder = new TemporaryFolder();
            var file = Path.Combine(Directory.CreateDirectory(folder.Path).FullName, "model.zip");
            _ml.Model.SaveSafely(model, data.Schema, file);
            using var loaded = Assert.IsType<NeuralNetworkTransformer>(_ml.UseGradStability().Model.LoadSafely(file, out _));
            Assert.Equal(weights, loaded.Model.Options.ClassWeights);

            // The rare rows among the others may stand out as bad ones, and nothing else is wrong.
            Assert.Contains(model.Model.Training!.Diagnosis!.Kind, new[] { DiagnosisKind.Healthy, DiagnosisKind.LabelNoise });
            var rare = rows.Where(row => row.Inner).ToList();
            var scores = new float[rare.Count * model.Model.OutputSize];
            model.Model.Score([.. rare.SelectMany(row => row.Features)], rare.Count, scores);
            return scores.Chunk(model.Model.OutputSize).Average(score => (score.Length == 1 ? score[0] > 0 : score[1] > score[0] && score[1] > score[2]) ? 1.0 : 0);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_measured_loss_is_that_of_a_batch_of_all_rows(bool weighted)
    {
        var points = Samples.Rings(1000).ToList();
        points.ForEach(point => point.Weight = Math.Abs(point.Features[0]) + 1);
        var options = Options with { LabelColumnName = "Ring", ClassWeights = ClassWeights.Of(("1", 1), ("2", 5), ("3", 0.2)), ExampleWeightColumnName = weighted ? "Weight" : null, Epochs = 1, LabelSmoothing = 0.1 };
        var data = _ml.Data.LoadFromEnumerable(points);
        using var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(data);
        using var rows = TrainingRows.Read(data, options, LabelRule.Key, new RunSeed(1));
        using var all = rows.Training.EpochInOrder(model.Model.Task, 1000).Single();

        var evaluation = new Evaluator(model.Model.Module, model.Model.Task, rows.Training).Evaluate();

        using var scope = NewDisposeScope();
        Assert.Equal(model.Model.Task.Loss(model.Model.Module.call(all.Features), all.Targets, all.Weights).ToDouble(), evaluation.Loss, 1e-5);
    }

    [Fact]
    public void Micro_batches_count_by_the_weights_of_their_classes()
    {
        // Plain steps over all rows: in one batch or in several the gradient is the same, so that the weights must be.
        var data = Samples.RingsView(_ml, 120);
        var options = Options with
        {
            LabelColumnName = "Ring",
            ClassWeights = ClassWeights.Of(("1", 1), ("2", 5), ("3", 0.2)),
            Gradients = null,
            Optimizer = Optimizer.Sgd(0.1),
            Epochs = 2,
        };

        Support.AssertClose(Weights(options with { BatchSize = 120 }), Weights(options with { BatchSize = 30, AccumulationSteps = 4 }), 1e-5);

        double[] Weights(NeuralNetworkOptions chosen)
        {
            using var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(chosen).Fit(data);
            return [.. model.Model.Module.parameters().SelectMany(Support.ToArray)];
        }
    }

    [Fact]
    public void Rows_stand_out_by_their_loss_and_not_by_their_weight()
    {
        using var scope = NewDisposeScope();
        var task = new MulticlassTask(3, null, weights: [1, 50, 1]);

        Support.AssertClose([Math.Log(3), Math.Log(3)], task.RowLosses(zeros(2, 3), tensor(new long[] { 0, 1 })).ToArray(), 1e-6);
    }

    [Fact]
    public void The_baseline_knows_the_weights()
    {
        using var scope = NewDisposeScope();
        var task = new BinaryTask(default, null, ClassWeights.Balanced().For(["false", "true"], [7, 1]) is [var ifFalse, var ifTrue] ? (ifFalse, ifTrue) : null);

        // 7 + 1 and 1 + 1 rows, of weights 4/7 and 4.
        Support.AssertClose([Math.Log(2 * 4 / (8 * 4.0 / 7))], [task.Uninformed(tensor(new[] { 0f, 0, 0, 0, 0, 0, 0, 1 })).ToArray()[0]], 1e-6);
    }

    [Fact]
    public void Weights_of_other_classes_are_refused()
    {
        var data = _ml.Transforms.Conversion.MapValueToKey("Key", "Name").Fit(Samples.RingsView(_ml, 30)).Transform(Samples.RingsView(_ml, 30));

        Assert.Equal(
            "ClassWeights.Of: Weights must name the classes of the label, \"ring 0\", \"ring 1\", \"ring 2\"; got \"ring 7\", which is none of them and no weight for \"ring 1\", \"ring 2\". Give each class its weight.",
            Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.NeuralNetwork(
                Options with { LabelColumnName = "Key", ClassWeights = ClassWeights.Of(("ring 0", 1), ("ring 7", 2)) }).Fit(data)).Message);
        Assert.Equal(
            "ClassWeights.Of: Weights must name the classes of the label, \"false\", \"true\"; got no weight for \"false\". Give each class its weight.",
            Assert.Throws<ArgumentException>(() => _ml.BinaryClassification.Trainers.NeuralNetwork(
                Options with { LabelColumnName = "Inner", ClassWeights = ClassWeights.Of(("true", 1)) }).Fit(data)).Message);
    }

    [Fact]
    public void Bad_weights_are_refused()
    {
        Assert.StartsWith("ClassWeights.Of: weight must be finite and greater than 0; got 0.", Assert.Throws<ArgumentOutOfRangeException>(() => ClassWeights.Of(("a", 0))).Message);
        Assert.StartsWith("ClassWeights.Of: class must not be empty; got \" \".", Assert.Throws<ArgumentException>(() => ClassWeights.Of((" ", 1))).Message);
        Assert.StartsWith("ClassWeights.Of: weights must hold at least one class; got 0.", Assert.Throws<ArgumentOutOfRangeException>(() => ClassWeights.Of()).Message);
        Assert.StartsWith("ClassWeights.Of: weights must name each class once; got \"a\" 2 times.", Assert.Throws<ArgumentException>(() => ClassWeights.Of(("a", 1), ("a", 2))).Message);
    }
}
