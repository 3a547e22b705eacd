using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Augmentations;

/// <summary>Mixed rows and their loss against the published code, and what λ is drawn from.</summary>
[Trait("Row", "R15")]
public sealed class MixupTests
{
    public static TheoryData<int> References => [.. Enumerable.Range(0, Reference.Count)];

    [Theory]
    [MemberData(nameof(References))]
    public void Features_loss_and_gradient_are_those_of_PyTorch(int index)
    {
        using var scope = NewDisposeScope();
        var expected = Reference[index];
        var (task, type) = expected.GetProperty("task").GetString() switch
        {
            "multiclass" => ((LearningTask)new MulticlassTask(3, null), ScalarType.Int64),
            "binary" => (new BinaryTask(), ScalarType.Float64),
            _ => (new RegressionTask(0, 1, RegressionLoss.Mse()), ScalarType.Float64),
        };
        var features = tensor(expected.GetProperty("features").Numbers()).reshape(5, 4);
        var weights = expected.GetProperty("weights") is { ValueKind: JsonValueKind.Array } given ? tensor(given.Numbers()) : null;
        var batch = new Batch(features, tensor(expected.GetProperty("targets").Numbers()).to(type), weights);
        var others = tensor(expected.GetProperty("others").Numbers()).to(ScalarType.Int64);

        using var mixed = MixupAugmentation.Mix(batch, features, others, 1 - expected.GetProperty("lambda").GetDouble());
        var outputs = tensor(expected.GetProperty("outputs").Numbers()).reshape(5, -1).requires_grad_(true);
        var loss = mixed.Loss(task, outputs);
        loss.backward();

        Support.AssertClose(expected.GetProperty("mixed").Numbers(), mixed.Features.ToArray(), 1e-12);
        Support.AssertClose([expected.GetProperty("loss").GetDouble()], [loss.ToDouble()], 1e-12);
        Support.AssertClose(expected.GetProperty("gradient").Numbers(), outputs.grad!.ToArray(), 1e-12);
        if (weights is null)
        {
            Support.AssertClose([loss.ToDouble()], [mixed.RowLosses(task, outputs).mean().ToDouble()], 1e-12);
        }
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(5)]
    public void Lambda_is_of_the_beta_distribution(double alpha)
    {
        var random = new Random(1);
        var lambdas = Enumerable.Range(0, 20_000).Select(_ => BetaDraw.Symmetric(alpha, random)).ToList();

        // Beta(α, α) has mean 1/2 and variance 1/(4(2α + 1)); its fourth central moment is 3/(16(2α + 1)(2α + 3)).
        Assert.All(lambdas, lambda => Assert.InRange(lambda, 0, 1));
        Assert.InRange(lambdas.Average(), 0.485, 0.515);
        Assert.Equal(1, lambdas.Average(lambda => Math.Pow(lambda - 0.5, 2)) * 4 * ((2 * alpha) + 1), 0.05);
        Assert.Equal(1, lambdas.Average(lambda => Math.Pow(lambda - 0.5, 4)) * 16 * ((2 * alpha) + 1) * ((2 * alpha) + 3) / 3, 0.1);
    }

    [Fact]
    public void Each_row_keeps_the_greater_share_of_itself()
    {
        using var scope = NewDisposeScope();
        for (var seed = 0; seed < 50; seed++)
        {
            var features = eye(8);
            using var batch = new Batch(features, arange(0, 8, ScalarType.Float32), null, () => [3]);
            using var mixed = Augmentation.Mixup(1).Apply(batch, new(features, null, new Random(seed)));

            Assert.InRange(mixed.Mixed!.Share, 0, 0.5);
            Assert.All((features * eye(8)).sum(1).ToArray(), own => Assert.True(own >= 0.5));
            Assert.Equal(Enumerable.Repeat(1.0, 8), features.sum(1).ToArray().Select(sum => Math.Round(sum, 6)));
            Assert.Equal([3], mixed.RowIds());
        }
    }

    private static IReadOnlyList<JsonElement> Reference { get; } = [.. Support.Reference("augmentations/mixup.json").RootElement.EnumerateArray()];
}
