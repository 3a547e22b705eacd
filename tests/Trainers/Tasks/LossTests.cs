using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>The losses of the tasks, with weights of the rows and label smoothing, against PyTorch.</summary>
public class LossTests
{
    public static TheoryData<int> References => [.. Enumerable.Range(0, Reference.Count)];

    [Theory]
    [MemberData(nameof(References))]
    public void Loss_and_gradient_are_those_of_PyTorch(int index)
    {
        using var scope = NewDisposeScope();
        var expected = Reference[index];
        var smoothing = expected.GetProperty("smoothing").GetDouble();
        var rows = expected.GetProperty("targets").GetArrayLength();
        foreach (var (type, tolerance) in new[] { (ScalarType.Float64, 1e-12), (ScalarType.Float32, 2e-6) })
        {
            var outputs = tensor(expected.GetProperty("outputs").Numbers()).to(type).reshape(rows, -1).requires_grad_(true);
            var targets = tensor(expected.GetProperty("targets").Numbers());
            var weights = expected.GetProperty("weights") is { ValueKind: JsonValueKind.Array } given ? tensor(given.Numbers()).to(type) : null;
            var (task, goals) = expected.GetProperty("task").GetString() switch
            {
                "multiclass" => (new MulticlassTask(4, null, new(smoothing)), targets.to(ScalarType.Int64)),
                "binary" => (new BinaryTask(new(smoothing)), targets.to(type)),
                _ => ((LearningTask)new RegressionTask(0, 1, RegressionLoss.Mse()), targets.to(type)),
            };

            var loss = task.Loss(outputs, goals, weights);
            loss.backward();

            Support.AssertClose([expected.GetProperty("loss").GetDouble()], [loss.ToDouble()], tolerance);
            Support.AssertClose(expected.GetProperty("gradient").Numbers(), outputs.grad!.ToArray(), tolerance);
        }
    }

    [Fact]
    public void Smoothing_leaves_the_metric_alone()
    {
        using var scope = NewDisposeScope();
        var outputs = tensor(new[,] { { 3f }, { -3f } });
        var targets = tensor(new[] { 1f, 0f });

        Assert.Equal(2, new BinaryTask(new(0.9)).MetricSum(outputs, targets).ToDouble());
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_smoothing_out_of_range_is_refused_where_it_is_set(double smoothing)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new NeuralNetworkOptions { LabelSmoothing = smoothing });

        Assert.StartsWith(
            FormattableString.Invariant($"NeuralNetworkOptions: LabelSmoothing must be at least 0 and below 1; got {smoothing}. The usual value is 0.1; give 0 to train on the labels as they are, or leave it out."), error.Message);
    }

    private static IReadOnlyList<JsonElement> Reference { get; } =
        [.. Support.Reference("regularizers/regularizers.json").RootElement.GetProperty("losses").EnumerateArray()];
}
