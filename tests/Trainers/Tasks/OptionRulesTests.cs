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
            Initializer = Initializer.Fixup(),
            Regularizer = Regularizer.L1(1e-4).And(Regularizer.L2(1e-3)),
            Constraint = Constraint.UnitNorm().Then(Constraint.MaxNorm(0.5)),
        };

        var error = Assert.Throws<ArgumentException>(() => ML.Regression.Trainers.NeuralNetwork(options).Fit(Rows()));

        Assert.Equal(
            """
            NeuralNetworkOptions: 5 rules across the options are broken.
            1. NeuralNetworkOptions: LabelColumnName and ExampleWeightColumnName must name different columns; both are "Label". Correct one of them.
            2. NeuralNetworkOptions: LabelSmoothing must be 0 in regression, which has no classes to spread a target over; got 0.1. Leave it out, or use a classification trainer.
            3. Initializer.Fixup must go with a residual network; Network.Mlp has residual: false. Set it to true, or use another initialiser such as Initializer.Lsuv().
            4. Regularizer.L2 and Constraint.UnitNorm must not act on the same weights: the penalty shortens what the constraint stretches back after each step. Leave one out, or narrow both with Where.
            5. Constraint.MaxNorm must be 1 or greater beside Constraint.UnitNorm on the same weights; got 0.5. Leave one out, or narrow both with Where.
            """,
            error.Message,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void One_contradiction_stands_alone()
    {
        var error = Assert.Throws<ArgumentException>(() => ML.Regression.Trainers.NeuralNetwork(new() { LabelSmoothing = 0.2 }).Fit(Rows()));

        Assert.Equal(
            "NeuralNetworkOptions: LabelSmoothing must be 0 in regression, which has no classes to spread a target over; got 0.2. Leave it out, or use a classification trainer.",
            error.Message);
    }

    [Fact]
    public void Patterns_that_fit_nothing_are_reported_together()
    {
        var options = new NeuralNetworkOptions
        {
            Network = Network.Mlp([2]),
            Initializer = Initializer.HeNormal().Where("conv*").Then(Initializer.ByActivation()),
            Gradients = GradientTransform.ClipByNorm(1).Where("hidden0").Then(GradientTransform.ClipByNorm(1).Where("hiden0")),
            Regularizer = Regularizer.L1(1e-4).Where("output").And(Regularizer.L2(1e-4).Where("hidden0.bias")),
            Constraint = Constraint.NonNegative().Where("out"),
            Optimizer = Optimizer.Adam(1e-3).ForLayers("embed*", 0.1).Freeze("hidden1"),
        };

        var error = Assert.Throws<ArgumentException>(() => ML.Regression.Trainers.NeuralNetwork(options).Fit(Rows()));

        Assert.Equal(
            """
            NeuralNetworkOptions: 6 rules across the options are broken.
            1. Initializer.Where: pattern must fit at least one parameter; "conv*" fits none of hidden0.weight, hidden0.bias, output.weight, output.bias. Use one of these names or a pattern such as "hidden*".
            2. GradientTransform.Where: pattern must fit at least one parameter; "hiden0" fits none of hidden0.weight, hidden0.bias, output.weight, output.bias. Use one of these names or a pattern such as "hidden*".
            3. Regularizer.Where: pattern must fit at least one parameter; "hidden0.bias" fits none of hidden0.weight, output.weight. Use one of these names or a pattern such as "hidden*".
            4. Constraint.Where: pattern must fit at least one parameter; "out" fits none of hidden0.weight, output.weight. Use one of these names or a pattern such as "hidden*".
            5. Optimizer.ForLayers: pattern must fit at least one parameter; "embed*" fits none of hidden0.weight, hidden0.bias, output.weight, output.bias. Use one of these names or a pattern such as "hidden*".
            6. Optimizer.Freeze: pattern must fit at least one parameter; "hidden1" fits none of hidden0.weight, hidden0.bias, output.weight, output.bias. Use one of these names or a pattern such as "hidden*".
            """,
            error.Message,
            ignoreLineEndingDifferences: true);
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
        var options = new NeuralNetworkOptions
        {
            Network = Network.Mlp([4], weightNormalization: WeightNormalization.Weight()),
            Regularizer = Regularizer.L2(1e-4),
            Constraint = Constraint.MaxNorm(2),
            Averaging = WeightAveraging.Swa(),
            Epochs = 1,
        };

        ml.Regression.Trainers.NeuralNetwork(options).Fit(Rows()).Dispose();

        Assert.Contains(lines, line => line.Contains("The optimiser's weightDecay and the L2 penalty both shrink the weights.", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("a constraint on its norm does nothing", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("this schedule falls to about 0 at the end", StringComparison.Ordinal));
    }

    [Fact]
    public void The_defaults_give_no_advice()
    {
        Assert.Empty(OptionRules.Advice(new()));
        Assert.Empty(OptionRules.Advice(new() { Regularizer = Regularizer.L2(1e-4), Optimizer = Optimizer.Sgd(0.1), Averaging = WeightAveraging.Swa() }));
    }

    private static IDataView Rows() => ML.Data.LoadFromEnumerable(Enumerable.Range(0, 8).Select(i => new Row { Features = [i, i * i], Label = i }));

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
