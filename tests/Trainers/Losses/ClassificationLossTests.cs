using System.Text.Json;
using Microsoft.ML;
using MLNet.GradStability.Tests.Tasks;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Losses;

/// <summary>Cross-entropy and focal loss with class weights, weights of the rows and label smoothing, against PyTorch and torchvision's formula.</summary>
public sealed class ClassificationLossTests
{
    private readonly MLContext _ml = new(1);

    public static TheoryData<int> References => [.. Enumerable.Range(0, Reference.Count)];

    [Theory]
    [MemberData(nameof(References))]
    [Trait("Row", "R28")]
    public void Loss_and_gradient_are_those_of_PyTorch(int index)
    {
        LossReference.AssertAgrees(Reference[index], TaskOf(Reference[index]), 3e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(5)]
    public void Loss_and_gradient_are_finite_for_scores_of_any_size(double gamma)
    {
        using var scope = NewDisposeScope();
        var loss = ClassificationLoss.Focal(gamma);
        float[] scores = [0, 1e-30f, -1e-30f, 17, -17, 100, -100, 1e30f, -1e30f];
        AssertFinite(new BinaryTask(default, loss), tensor(scores).unsqueeze(1), ones(scores.Length));
        AssertFinite(new BinaryTask(new(0.1), loss), tensor(scores).unsqueeze(1), zeros(scores.Length));
        var pairs = stack([tensor(scores), zeros(scores.Length)], 1);
        AssertFinite(new MulticlassTask(2, null, default, loss), pairs, zeros(scores.Length, dtype: ScalarType.Int64));
        AssertFinite(new MulticlassTask(2, null, new(0.1), loss), pairs, ones(scores.Length, dtype: ScalarType.Int64));

        static void AssertFinite(LearningTask task, Tensor outputs, Tensor targets)
        {
            outputs.requires_grad_(true);
            var rows = task.RowLosses(outputs, targets);
            rows.sum().backward();
            Assert.All(rows.ToArray().Concat(outputs.grad!.ToArray()), value => Assert.True(double.IsFinite(value)));
        }
    }

    [Theory]
    [InlineData("multiclass")]
    [InlineData("binary")]
    [InlineData("multi-label")]
    [Trait("Row", "R24")]
    public void A_loss_is_trained_with_and_comes_back_from_a_file(string kind)
    {
        var usual = Train(kind, ClassificationLoss.CrossEntropy());
        var focal = Train(kind, ClassificationLoss.Focal(3));

        Assert.NotEqual(usual.Scores, focal.Scores);
        Assert.InRange(focal.Training.Epochs[^1].Metric, 0.85, 1);

        // (1 − p)³ makes every loss smaller, that of a network that knows nothing too.
        Assert.InRange(focal.Training.Epochs[0].Loss, 0, usual.Training.Epochs[0].Loss / 2);
        Assert.Equal(DiagnosisKind.Healthy, focal.Training.Diagnosis!.Kind);
    }

    [Fact]
    public void A_loss_of_ones_own()
    {
        var data = Samples.RingsView(_ml, 90);
        var options = new NeuralNetworkOptions { LabelColumnName = "Ring", Network = Network.Mlp([8]), Epochs = 2, Seed = 1, ClassificationLoss = new Likelihood() };
        using var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(data);

        Assert.InRange(model.Model.Training!.Epochs[0].Loss, 0, 1);
    }

    [Theory]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Numbers_out_of_range_are_refused(double number)
    {
        Assert.StartsWith(
            FormattableString.Invariant($"ClassificationLoss.Focal: gamma must be finite and 0 or greater; got {number}."),
            Assert.Throws<ArgumentOutOfRangeException>(() => ClassificationLoss.Focal(number)).Message);
        Assert.StartsWith(
            FormattableString.Invariant($"ClassificationLoss.Focal: alpha must be above 0 and below 1; got {number}."),
            Assert.Throws<ArgumentOutOfRangeException>(() => ClassificationLoss.Focal(alpha: number)).Message);
    }

    [Fact]
    public void Losses_of_another_task_are_refused()
    {
        var data = Samples.RingsView(_ml, 30);
        var classification = new NeuralNetworkOptions { ClassificationLoss = ClassificationLoss.Focal(2, 0.25), ClassWeights = ClassWeights.Balanced(), RegressionLoss = RegressionLoss.Mae() };

        AssertFaults(
            Assert.Throws<ArgumentException>(() => _ml.Regression.Trainers.NeuralNetwork(classification with { LabelColumnName = "Radius" }).Fit(data)),
            "NeuralNetworkOptions: ClassificationLoss must be left at its default in regression; got",
            "NeuralNetworkOptions: ClassWeights must be null in regression, which has no classes; got");
        AssertFaults(
            Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.NeuralNetwork(classification with { LabelColumnName = "Ring" }).Fit(data)),
            "NeuralNetworkOptions: RegressionLoss must be left at its default in classification; got",
            "ClassificationLoss.Focal: alpha must be left out in multiclass, where no class is the true one; got 0.25. Set ClassWeights instead.");
        AssertFaults(
            Assert.Throws<ArgumentException>(() => _ml.BinaryClassification.Trainers.NeuralNetwork(classification with { LabelColumnName = "Inner" }).Fit(data)),
            "NeuralNetworkOptions: RegressionLoss must be left at its default in classification; got",
            "ClassificationLoss.Focal: alpha must be left out beside ClassWeights, which weigh true and false too; got 0.25. Leave one out.");

        static void AssertFaults(ArgumentException error, params string[] faults)
        {
            Assert.StartsWith(FormattableString.Invariant($"NeuralNetworkOptions: {faults.Length} rules across the options are broken."), error.Message);
            Assert.All(faults, fault => Assert.Contains(fault, error.Message, StringComparison.Ordinal));
        }
    }

    private (float[] Scores, TrainingResult Training) Train(string kind, ClassificationLoss loss)
    {
        var options = new NeuralNetworkOptions
        {
            Network = Network.Mlp([24]),
            Optimizer = Optimizer.Adam(0.01),
            Epochs = 20,
            Seed = 1,
            ClassificationLoss = loss,
            LabelColumnName = kind switch { "multiclass" => "Ring", "binary" => "Inner", _ => "Flags" },
        };
        var data = kind == "multi-label" ? _ml.Data.LoadFromEnumerable(Cube.Draw(200, 1)) : Samples.RingsView(_ml);
        options = kind == "multi-label" ? options with { Epochs = 40 } : options;
        using var model = kind == "multiclass"
            ? _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(data)
            : _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(data);
        using var folder = new TemporaryFolder();
        var file = Path.Combine(Directory.CreateDirectory(folder.Path).FullName, "model.zip");
        _ml.Model.SaveSafely(model, data.Schema, file);
        using var loaded = Assert.IsType<NeuralNetworkTransformer>(_ml.UseGradStability().Model.LoadSafely(file, out _));
        Assert.Equal(loss, loaded.Model.Options.ClassificationLoss);
        var scores = Scores(model);
        Assert.Equal(scores, Scores(loaded));
        return (scores, model.Model.Training!);

        float[] Scores(NeuralNetworkTransformer transformer)
        {
            var rows = new float[transformer.Model.InputSize * 10];
            var random = new Random(1);
            Array.ForEach(Enumerable.Range(0, rows.Length).ToArray(), i => rows[i] = random.NextSingle());
            var into = new float[10 * transformer.Model.OutputSize];
            transformer.Model.Score(rows, 10, into);
            return into;
        }
    }

    private static LearningTask TaskOf(JsonElement expected)
    {
        var smoothing = expected.GetProperty("smoothing").GetDouble();
        var loss = expected.GetProperty("gamma") is { ValueKind: JsonValueKind.Number } gamma
            ? ClassificationLoss.Focal(gamma.GetDouble(), expected.GetProperty("alpha") is { ValueKind: JsonValueKind.Number } alpha ? alpha.GetDouble() : null)
            : ClassificationLoss.CrossEntropy();
        var weights = LossReference.Optional(expected, "classWeights");
        return expected.GetProperty("task").GetString() switch
        {
            "multiclass" => new MulticlassTask(4, null, new(smoothing), loss, weights),
            "binary" => new BinaryTask(new(smoothing), loss, weights is null ? null : (weights[0], weights[1])),
            _ => new MultiLabelTask(new([4], null), new(smoothing), loss, weights is null ? null : [.. weights.Select(weight => (1.0, weight))]),
        };
    }

    private static IReadOnlyList<JsonElement> Reference { get; } = [.. Support.Reference("losses/classification.json").RootElement.EnumerateArray()];

    private sealed record Likelihood : ClassificationLoss
    {
        public override Tensor Of(Tensor logProbabilities) => 1 - logProbabilities.exp();
    }
}
