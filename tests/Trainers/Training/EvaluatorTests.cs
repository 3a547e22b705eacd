using Microsoft.ML;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Training;

/// <summary>An evaluation is that of ML.NET on the same rows, and leaves the network as it was.</summary>
[Trait("Row", "R18")]
public sealed class EvaluatorTests
{
    private static readonly NeuralNetworkOptions Options = new()
    {
        Network = Network.Mlp([8], dropout: 0.5, normalization: Normalization.Batch()),
        Epochs = 3,
        Seed = 1,
        Optimizer = Optimizer.Adam(0.01),
        LabelSmoothing = 0,
    };

    private readonly MLContext _ml = new(1);

    [Theory]
    [InlineData(2L << 30)]
    [InlineData(1L << 20)]
    public void Multiclass_as_ML_NET_evaluates(long memory)
    {
        // Rows enough for several batches, the last of them shorter; streamed in the smaller memory.
        var data = Samples.RingsView(_ml, count: 90_001);
        var options = Options with { LabelColumnName = "Ring", MaxDataMemory = memory, BatchSize = 2048 };
        using var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(options with { Epochs = 1 }).Fit(data);
        var expected = _ml.MulticlassClassification.Evaluate(model.Transform(data), "Ring");
        using var rows = TrainingRows.Read(data, options, LabelRule.Key, new RunSeed(1));

        var evaluation = Evaluate(model, rows.Training);

        Assert.Equal(memory == 1 << 20, rows.Training.IsStreamed);
        Assert.Equal(expected.MicroAccuracy, evaluation.Metric, 1e-9);
        Assert.Equal(expected.LogLoss, evaluation.Loss, 1e-6);
    }

    [Fact]
    public void Binary_as_ML_NET_evaluates()
    {
        var data = Samples.RingsView(_ml, count: 1000);
        using var model = _ml.BinaryClassification.Trainers.NeuralNetwork(Options with { LabelColumnName = "Inner" }).Fit(data);
        var expected = _ml.BinaryClassification.Evaluate(model.Transform(data), "Inner");

        var evaluation = Evaluate(model, data, LabelRule.Boolean);

        Assert.Equal(expected.Accuracy, evaluation.Metric, 1e-9);
        Assert.Equal(expected.LogLoss * Math.Log(2), evaluation.Loss, 1e-6);
    }

    [Fact]
    public void Regression_as_ML_NET_evaluates()
    {
        var data = Samples.RingsView(_ml, count: 1000);
        using var model = _ml.Regression.Trainers.NeuralNetwork(Options with { LabelColumnName = "Radius" }).Fit(data);
        var expected = _ml.Regression.Evaluate(model.Transform(data), "Radius");

        var evaluation = Evaluate(model, data, LabelRule.Single);

        Assert.Equal(1, evaluation.Metric / expected.RootMeanSquaredError, 1e-6);
        var deviation = ((RegressionTask)model.Model.Task).Scale;
        Assert.Equal(1, evaluation.Loss * deviation * deviation / expected.MeanSquaredError, 1e-6);
    }

    [Fact]
    public void The_loss_is_weighted_over_all_rows_as_a_batch_of_all_would_be()
    {
        var points = Samples.Rings(1000).ToList();
        points.ForEach(point => point.Weight = point.Ring * (Math.Abs(point.Features[0]) + 1));
        var options = Options with { LabelColumnName = "Ring", ExampleWeightColumnName = "Weight", LabelSmoothing = 0.1 };
        var data = _ml.Data.LoadFromEnumerable(points);
        using var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(data);
        using var rows = TrainingRows.Read(data, options, LabelRule.Key, new RunSeed(1));
        using var all = rows.Training.EpochInOrder(model.Model.Task, 1000).Single();

        var evaluation = Evaluate(model, rows.Training);

        using var scope = NewDisposeScope();
        var loss = model.Model.Task.Loss(model.Model.Module.call(all.Features), all.Targets, all.Weights).ToDouble();
        Assert.Equal(loss, evaluation.Loss, 1e-5);
    }

    [Fact]
    public void The_network_is_left_as_it_was()
    {
        var data = Samples.RingsView(_ml, count: 600);
        var options = Options with { LabelColumnName = "Ring", Network = Network.Mlp([8, 8], dropout: 0.5, normalization: Normalization.Batch()) };
        using var random = new Generator(1);
        using var network = NetworkFactory.Build(options.Network, 2, 3, seed: 1, random);
        using var flat = new FlatParameters(network, Optimizer.Adam(1e-3).Freeze("norm1").Freeze("hidden0").LayerRules);
        using var rows = TrainingRows.Read(data, options, LabelRule.Key, new RunSeed(1));
        var evaluator = new Evaluator(network, new MulticlassTask(3, null), rows.Training);
        network.train();
        LayerRules.KeepFrozenLayers(network);
        var (modes, numbers, state) = (Modes(network), Numbers(network), random.get_state().ToArray());

        var first = evaluator.Evaluate();
        var second = evaluator.Evaluate();

        Assert.Equal(first, second);
        Assert.Contains(true, modes);
        Assert.Contains(false, modes);
        Assert.Equal(modes, Modes(network));
        Assert.Equal(numbers, Numbers(network));
        Assert.Equal(state, random.get_state().ToArray());

        network.eval();
        Assert.Equal(first, evaluator.Evaluate());
        Assert.False(network.training);
    }

    [Fact]
    public void Outputs_too_large_for_a_single_square_are_finite()
    {
        using var network = nn.Linear(2, 1);
        using (no_grad())
        {
            network.weight!.fill_(1e30);
        }

        var data = Samples.RingsView(_ml, count: 30);
        var options = Options with { LabelColumnName = "Radius" };
        using var rows = TrainingRows.Read(data, options, LabelRule.Single, new RunSeed(1));

        var evaluation = new Evaluator(network, new RegressionTask(0, 1, RegressionLoss.Mse()), rows.Training).Evaluate();

        Assert.InRange(evaluation.Loss, 1e57, 1e63);
        Assert.InRange(evaluation.Metric, 1e28, 1e32);
    }

    [Fact]
    public void Of_very_many_rows_a_sample_is_measured_where_that_will_do()
    {
        // Sorted by ring: the first rows would be of one ring alone.
        var data = _ml.Data.LoadFromEnumerable(Samples.Rings(60_000).OrderBy(point => point.Ring).ToList());
        using var network = nn.Linear(2, 3);
        using var rows = TrainingRows.Read(data, Options with { LabelColumnName = "Ring" }, LabelRule.Key, new RunSeed(1));
        var task = new MulticlassTask(3, null);

        var all = new Evaluator(network, task, rows.Training).Evaluate();
        var some = new Evaluator(network, task, rows.Training, sample: new RunSeed(1)).Evaluate();

        Assert.NotEqual(all, some);
        Assert.Equal(all.Loss, some.Loss, 0.03);
        Assert.Equal(all.Metric, some.Metric, 0.02);
    }

    private static bool[] Modes(nn.Module network) => [.. network.modules().Select(module => module.training)];

    private static double[] Numbers(nn.Module network) =>
        [.. network.named_parameters().SelectMany(named => named.parameter.ToArray()), .. network.named_buffers().SelectMany(named => named.buffer.ToArray())];

    private static Evaluation Evaluate(NeuralNetworkTransformer model, IDataView data, LabelRule rule)
    {
        using var rows = TrainingRows.Read(data, model.Model.Options, rule, new RunSeed(1));
        return Evaluate(model, rows.Training);
    }

    private static Evaluation Evaluate(NeuralNetworkTransformer model, BatchSource rows) => new Evaluator(model.Model.Module, model.Model.Task, rows).Evaluate();
}
