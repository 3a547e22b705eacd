using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Training;

/// <summary>Forward, loss, gradients, clip and AdamW step against PyTorch for identical weights (tests/Reference/training).</summary>
public sealed class TrainingStepTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, 6)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void One_step_equals_PyTorch(int index)
    {
        using var reference = Support.Reference("training/training_step.json");
        var expected = reference.RootElement.GetProperty("cases")[index];
        var before = new Probe();
        var after = new Probe();
        using var model = Fit(expected, epochs: 1, before.Then(GradientTransform.ClipByGlobalNorm(expected.GetProperty("clip").GetDouble())).Then(after));

        AssertParameters(expected.GetProperty("gradients"), before.Gradients);
        AssertParameters(expected.GetProperty("clipped"), after.Gradients);
        AssertParameters(expected.GetProperty("after1"), Parameters(model));
        Assert.Equal(expected.GetProperty("losses")[0].GetDouble(), model.Training!.Epochs[0].Loss, Tolerance);
        Assert.Equal(expected.GetProperty("norms")[0].GetDouble(), model.Training.Epochs[0].MaxGradientNorm, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps_equal_PyTorch(int index)
    {
        using var reference = Support.Reference("training/training_step.json");
        var expected = reference.RootElement.GetProperty("cases")[index];
        using var model = Fit(expected, epochs: 3, GradientTransform.ClipByGlobalNorm(expected.GetProperty("clip").GetDouble()));

        AssertParameters(expected.GetProperty("after3"), Parameters(model));
        Support.AssertClose(expected.GetProperty("losses").Numbers(), [.. model.Training!.Epochs.Select(epoch => epoch.Loss)], Tolerance);
    }

    [Fact]
    public void Without_the_clip_the_step_is_another()
    {
        // A clip before the backward pass clips nothing: then these two would agree.
        using var reference = Support.Reference("training/training_step.json");
        var expected = reference.RootElement.GetProperty("cases")[0];
        var options = new NeuralNetworkOptions { Optimizer = Optimizer.Sgd(0.5) };
        using var clipped = Fit(expected, 1, GradientTransform.ClipByGlobalNorm(0.05), options);
        using var free = Fit(expected, 1, null, options);

        var initial = expected.GetProperty("initial").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.Numbers());
        Assert.Equal(0.5 * 0.05, Distance(initial, Parameters(clipped)), 1e-4);
        Assert.Equal(0.5 * expected.GetProperty("norms")[0].GetDouble(), Distance(initial, Parameters(free)), 1e-4);
    }

    [Fact]
    [Trait("Row", "R11")]
    public void Accumulated_micro_batches_step_like_one_batch()
    {
        using var reference = Support.Reference("training/training_step.json");
        for (var index = 0; index < 6; index++)
        {
            var expected = reference.RootElement.GetProperty("cases")[index];
            using var model = Fit(expected, 3, GradientTransform.ClipByGlobalNorm(0.05), new() { BatchSize = 4, AccumulationSteps = 2, Optimizer = AdamW(expected) });
            AssertParameters(expected.GetProperty("after3"), Parameters(model));
        }
    }

    private static TrainedNetwork Fit(JsonElement expected, int epochs, GradientTransform? gradients, NeuralNetworkOptions? start = null)
    {
        var ml = new MLContext(1);
        var x = expected.GetProperty("x").EnumerateArray().Select(row => row.Numbers().Select(v => (float)v).ToArray()).ToArray();
        var y = expected.GetProperty("y").Numbers();
        var w = expected.GetProperty("w") is { ValueKind: JsonValueKind.Array } weights ? weights.Numbers() : null;
        var task = expected.GetProperty("task").GetString();
        var rows = x.Select((features, i) => new Row { Features = features, Class = (uint)y[i], Flag = y[i] > 0.5, Number = (float)y[i], Weight = (float)(w?[i] ?? 1) });
        var options = (start ?? new() { Optimizer = AdamW(expected) }) with
        {
            LabelColumnName = task switch { "multiclass" => nameof(Row.Class), "binary" => nameof(Row.Flag), _ => nameof(Row.Number) },
            ExampleWeightColumnName = w is null ? null : nameof(Row.Weight),
            Network = Network.Mlp([5], Activation.Tanh()),
            Initializer = new Fixed(expected.GetProperty("initial").GetRawText()),
            InputScaling = null,
            Gradients = gradients,
            LabelSmoothing = 0,
            Epochs = epochs,
        };
        NeuralNetworkTrainer trainer = task switch
        {
            "multiclass" => ml.MulticlassClassification.Trainers.NeuralNetwork(options),
            "binary" => ml.BinaryClassification.Trainers.NeuralNetwork(options),
            _ => ml.Regression.Trainers.NeuralNetwork(options),
        };
        return trainer.Fit(ml.Data.LoadFromEnumerable(rows)).Model;
    }

    private static Optimizer AdamW(JsonElement expected) =>
        Optimizer.AdamW(expected.GetProperty("rate").GetDouble(), expected.GetProperty("decay").GetDouble());

    private static Dictionary<string, double[]> Parameters(TrainedNetwork model) =>
        model.Module.named_parameters().ToDictionary(named => named.Item1, named => Support.ToArray(named.Item2));

    private static void AssertParameters(JsonElement expected, IReadOnlyDictionary<string, double[]> actual)
    {
        foreach (var parameter in expected.EnumerateObject())
        {
            Support.AssertClose(parameter.Value.Numbers(), actual[parameter.Name], Tolerance);
        }
    }

    private static double Distance(Dictionary<string, double[]> from, Dictionary<string, double[]> to) =>
        Math.Sqrt(from.Sum(named => named.Value.Zip(to[named.Key], (a, b) => (a - b) * (a - b)).Sum()));

    private sealed class Row
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Class { get; set; }

        public bool Flag { get; set; }

        public float Number { get; set; }

        public float Weight { get; set; }
    }

    private sealed record Fixed(string Json) : Initializer
    {
        public override void Initialize(InitializationScope scope)
        {
            using var values = JsonDocument.Parse(Json);
            foreach (var parameter in scope.Parameters)
            {
                using var value = tensor(values.RootElement.GetProperty(parameter.Name).Numbers().Select(v => (float)v).ToArray());
                parameter.Value.copy_(value.view(parameter.Value.shape));
            }
        }
    }

    private sealed record Probe : GradientTransform
    {
        public Dictionary<string, double[]> Gradients { get; } = [];

        public override BoundGradientTransform Bind(ParameterSet parameters) => new Bound(this, parameters);

        private sealed class Bound(Probe probe, ParameterSet parameters) : BoundGradientTransform
        {
            public override void Apply(GradientStep step)
            {
                foreach (var segment in parameters.Segments)
                {
                    probe.Gradients[segment.Name] = segment.Gradient.ToArray();
                }
            }
        }
    }
}
