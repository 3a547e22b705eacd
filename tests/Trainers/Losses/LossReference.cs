using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Losses;

/// <summary>A loss and its gradient as PyTorch computes them, read from a file of tests/Reference/losses.</summary>
internal static class LossReference
{
    /// <summary>Asserts that a task agrees in Float64 and, less closely, in Float32; the loss has the type of the outputs.</summary>
    /// <param name="expected">Outputs, targets and weights, loss and gradient.</param>
    /// <param name="task">The task.</param>
    /// <param name="singleTolerance">How far numbers in Float32 may lie apart.</param>
    public static void AssertAgrees(JsonElement expected, LearningTask task, double singleTolerance)
    {
        using var scope = NewDisposeScope();
        foreach (var (type, tolerance) in new[] { (ScalarType.Float64, 1e-12), (ScalarType.Float32, singleTolerance) })
        {
            var outputs = tensor(expected.GetProperty("outputs").Numbers()).to(type).reshape(-1, task.OutputSize).requires_grad_(true);
            var targets = tensor(expected.GetProperty("targets").Numbers()).to(task is MulticlassTask ? ScalarType.Int64 : type);
            targets = task is MultiLabelTask ? targets.reshape(-1, task.OutputSize) : targets;
            var weights = Optional(expected, "weights") is { } given ? tensor(given).to(type) : null;

            var loss = task.Loss(outputs, targets, weights);
            loss.backward();

            Assert.Equal(type, loss.dtype);
            Support.AssertClose([expected.GetProperty("loss").GetDouble()], [loss.ToDouble()], tolerance);
            Support.AssertClose(expected.GetProperty("gradient").Numbers(), outputs.grad!.ToArray(), tolerance);
        }
    }

    /// <summary>The numbers of a property; null where it is null.</summary>
    public static double[]? Optional(JsonElement element, string name) => element.GetProperty(name) is { ValueKind: JsonValueKind.Array } numbers ? numbers.Numbers() : null;
}
