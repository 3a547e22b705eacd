using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests;

public class OptionRulesTests
{
    private static readonly MLContext ML = new(seed: 1);

    [Fact]
    public void Contradictions_are_reported_together()
    {
        var options = new NeuralNetworkOptions
        {
            LabelSmoothing = 0.1,
            ExampleWeightColumnName = "Label",
            Regularizer = Regularizer.L1(1e-4).And(Regularizer.L2(1e-3)),
            Constraint = Constraint.UnitNorm().Then(Constraint.MaxNorm(0.5)),
        };

        var error = Assert.Throws<ArgumentException>(() => ML.Regression.Trainers.NeuralNetwork(options).Fit(Rows()));

        Assert.Equal(
            """
            NeuralNetworkOptions: the options must not contradict one another or the task; 4 rules are broken.
            1. LabelColumnName and ExampleWeightColumnName must name different columns; both are "Label". Correct one of them.
            2. LabelSmoothing must be 0 in regression, which has no classes to spread a target over; got 0.1. Leave it out, or use a classification trainer.
            3. Regularizer.L2 and Constraint.UnitNorm must not act on the same weights: the penalty shortens what the constraint stretches back after each step. Leave one out, or narrow both with Where.
            4. Constraint.MaxNorm must be 1 or greater beside Constraint.UnitNorm on the same weights; got 0.5. Leave one out, or narrow both with Where.
            """,
            error.Message,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void One_contradiction_is_counted_as_one()
    {
        var error = Assert.Throws<ArgumentException>(() => ML.Regression.Trainers.NeuralNetwork(new() { LabelSmoothing = 0.2 }).Fit(Rows()));

        Assert.StartsWith("NeuralNetworkOptions: the options must not contradict one another or the task; 1 rule is broken.", error.Message);
    }

    [Fact]
    public void Limits_on_different_layers_do_not_contradict()
    {
        var options = new NeuralNetworkOptions
        {
            Regularizer = Regularizer.L2(1e-3).Where("output"),
            Constraint = Constraint.UnitNorm().Where("hidden*").Then(Constraint.MaxNorm(0.5).Where("output")),
            Epochs = 1,
        };

        ML.Regression.Trainers.NeuralNetwork(options).Fit(Rows()).Dispose();
    }

    [Fact]
    public void What_is_allowed_and_rarely_meant_is_logged()
    {
        var ml = new MLContext(seed: 1);
        var lines = new List<string>();
        ml.Log += (_, e) => lines.Add(e.Message);

        ml.Regression.Trainers.NeuralNetwork(new() { Regularizer = Regularizer.L2(1e-4), Epochs = 1 }).Fit(Rows()).Dispose();

        Assert.Contains(lines, line => line.Contains("Optimizer.AdamW's weightDecay 0.01 and the L2 penalty both shrink the weights.", StringComparison.Ordinal));
    }

    private static IDataView Rows() => ML.Data.LoadFromEnumerable(Enumerable.Range(0, 8).Select(i => new Row { Features = [i, i * i], Label = i }));

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
