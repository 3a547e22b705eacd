using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>Losses, penalties and dropout, alone and together in a network, against finite differences in double precision.</summary>
[Trait("Row", "R28")]
public class GradientCheckTests
{
    public static TheoryData<string, double, bool> Losses => new()
    {
        { "multiclass", 0, false },
        { "multiclass", 0, true },
        { "multiclass", 0.2, false },
        { "multiclass", 0.2, true },
        { "binary", 0, false },
        { "binary", 0, true },
        { "binary", 0.2, false },
        { "binary", 0.2, true },
        { "regression", 0, false },
        { "regression", 0, true },
        { "huber", 0, false },
        { "huber", 0, true },
        { "mae", 0, false },
        { "mae", 0, true },
        { "quantile", 0, false },
        { "quantile", 0, true },
        { "focal multiclass", 0, false },
        { "focal multiclass", 0.2, true },
        { "focal binary", 0, false },
        { "focal binary", 0.2, true },
        { "focal multi-label", 0, true },
        { "focal multi-label", 0.2, false },
        { "weighted multiclass", 0.2, true },
        { "weighted binary", 0.2, true },
    };

    public static TheoryData<string> Penalties => new(
        """{"kind":"l1","lambda":0.3}""",
        """{"kind":"l2","lambda":0.3}""",
        """{"kind":"elastic-net","l1":0.3,"l2":0.2}""",
        """{"kind":"orthogonality","lambda":0.1}""",
        """{"kind":"sum","terms":[{"kind":"l2","lambda":0.1},{"kind":"orthogonality","lambda":0.1}]}""",
        """{"kind":"where","regularizer":{"kind":"l2","lambda":0.1},"pattern":"layer1"}""");

    [Theory]
    [MemberData(nameof(Losses))]
    public void Losses_of_the_tasks(string kind, double smoothing, bool weighted)
    {
        using var scope = NewDisposeScope();
        var (task, targets) = TaskOf(kind, smoothing);
        var weights = weighted ? tensor(new[] { 1.0, 0, 2.5, 0.5 }) : null;

        FiniteDifferences.AssertAutograd(Draw(4, task.OutputSize), outputs => task.Loss(outputs, targets, weights));
    }

    [Theory]
    [MemberData(nameof(Penalties))]
    public void Penalties_on_the_weights(string json)
    {
        using var scope = NewDisposeScope();
        using var weights = TestWeights.Of(Draw(2, 4), Draw(4, 2), Draw(3, 2, 2, 2));
        var penalty = Descriptions.FromJson<Regularizer>(json);
        weights.Penalty(penalty);
        var gradient = weights.Flat.Gradients.ToArray();

        FiniteDifferences.AssertSame(FiniteDifferences.Gradient(weights.Flat.Values, () => weights.Penalty(penalty)), gradient);
    }

    [Fact]
    public void Penalties_of_ones_own()
    {
        using var scope = NewDisposeScope();
        using var weights = TestWeights.Of(Draw(2, 3), Draw(3, 1));
        var penalty = new QuarticPenalty();
        weights.Penalty(penalty);
        var gradient = weights.Flat.Gradients.ToArray();

        FiniteDifferences.AssertSame(FiniteDifferences.Gradient(weights.Flat.Values, () => weights.Penalty(penalty)), gradient);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dropout_under_one_mask(bool training)
    {
        using var scope = NewDisposeScope();
        var factors = Draw(5, 6);

        FiniteDifferences.AssertAutograd(Draw(5, 6), input =>
        {
            using var random = new Generator(7);
            using var dropout = new SeededDropout(0.4, random);
            dropout.train(training);
            return (dropout.call(input).square() * factors).sum();
        });
    }

    [Theory]
    [InlineData("multiclass")]
    [InlineData("binary")]
    [InlineData("regression")]
    public void A_network_with_loss_and_penalty(string kind)
    {
        using var scope = NewDisposeScope();
        var (task, targets) = TaskOf(kind, kind == "regression" ? 0 : 0.1);
        using var network = NetworkFactory.Build(Network.Mlp([4, 3], Activation.Tanh()), 3, task.OutputSize, seed: 3, random: null).to(ScalarType.Float64);
        using var flat = new FlatParameters(network, type: ScalarType.Float64);
        var penalty = Regularizer.ElasticNet(0.01, 0.02).And(Regularizer.Orthogonality(0.05).Where("hidden*")).Bind(flat.Weights);
        var inputs = Draw(4, 3);
        Tensor Loss() => task.Loss(network.call(inputs), targets, null);

        Loss().backward();
        TestWeights.Penalty(penalty);
        var gradient = flat.Gradients.ToArray();

        FiniteDifferences.AssertSame(FiniteDifferences.Gradient(flat.Values, () => Loss().ToDouble() + TestWeights.Penalty(penalty)), gradient);
    }

    private static (LearningTask Task, Tensor Targets) TaskOf(string kind, double smoothing) => kind switch
    {
        "multiclass" => (new MulticlassTask(3, null, new(smoothing)), tensor(new long[] { 0, 2, 1, 2 })),
        "binary" => (new BinaryTask(new(smoothing)), tensor(new[] { 0.0, 1, 1, 0 })),
        "huber" => (new RegressionTask(0, 1, RegressionLoss.Huber(0.8)), Numbers()),
        "focal multiclass" => (new MulticlassTask(3, null, new(smoothing), ClassificationLoss.Focal(1.5), [2, 0.5, 1]), tensor(new long[] { 0, 2, 1, 2 })),
        "focal binary" => (new BinaryTask(new(smoothing), ClassificationLoss.Focal(2, 0.3)), tensor(new[] { 0.0, 1, 1, 0 })),
        "focal multi-label" => (
            new MultiLabelTask(new([2], null), new(smoothing), ClassificationLoss.Focal(0.5), [(1, 3), (0.5, 1)]),
            tensor(new[,] { { 0.0, 1 }, { 1, 1 }, { 1, 0 }, { 0, 0 } })),
        "weighted multiclass" => (new MulticlassTask(3, null, new(smoothing), weights: [2, 0.5, 1]), tensor(new long[] { 0, 2, 1, 2 })),
        "weighted binary" => (new BinaryTask(new(smoothing), weights: (0.5, 3)), tensor(new[] { 0.0, 1, 1, 0 })),
        "quantile" => (new RegressionTask(0, 1, RegressionLoss.Quantile(0.8)), Numbers()),
        "mae" => (new RegressionTask(0, 1, RegressionLoss.Mae()), Numbers()),
        _ => (new RegressionTask(0, 1, RegressionLoss.Mse()), Numbers()),
    };

    private static Tensor Numbers() => tensor(new[] { 0.3, -1.2, 2, 0 });

    // At least 0.1 away from 0, where |w| has no derivative.
    private static Tensor Draw(params long[] shape)
    {
        using var random = new Generator(11);
        var numbers = randn(shape, dtype: ScalarType.Float64, generator: random);
        return numbers + (numbers.sign() * 0.1);
    }

    private sealed record QuarticPenalty : WeightRegularizer
    {
        protected override Tensor Penalty(Tensor weight) => (weight.flatten(1).sum(1).square() - 1).square().sum();
    }
}
