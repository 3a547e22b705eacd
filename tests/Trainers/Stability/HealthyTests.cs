namespace MLNet.GradStability.Tests.Stability;

/// <summary>A network that is well is called healthy: a false alarm is as bad as a miss.</summary>
[Trait("Row", "R29")]
public class HealthyTests
{
    public static TheoryData<string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var name in Nets.Keys)
            {
                data.Add(name, 1);
                data.Add(name, 2);
            }

            return data;
        }
    }

    private static Dictionary<string, NeuralNetworkOptions> Nets { get; } = new()
    {
        ["default"] = new() { Epochs = 10 },
        ["default, standardised"] = new() { Epochs = 10, InputScaling = InputScaling.Standardize() },
        ["plain SGD"] = Illnesses.Bare(64, 64) with { Optimizer = Optimizer.Sgd(0.05), Gradients = null },
        ["momentum"] = Illnesses.Bare(64) with { Optimizer = Optimizer.Momentum(0.01) },
        ["Adam at ten times the usual rate"] = Illnesses.Bare(64, 64) with { Optimizer = Optimizer.Adam(0.01) },
        ["tanh"] = Illnesses.Bare() with { Network = Network.Mlp([64, 64, 64], Activation.Tanh()) },
        ["one layer of sigmoids"] = Illnesses.Bare() with { Network = Network.Mlp([64], Activation.Sigmoid()), Epochs = 10 },
        ["20 layers"] = Illnesses.Bare(Illnesses.Deep(20)) with { Epochs = 8 },
        ["residual, normalised"] = Illnesses.Bare() with { Network = Network.Mlp(Illnesses.Deep(9), residual: true, normalization: Normalization.Layer()) },
        ["batch norm and dropout"] = Illnesses.Bare() with { Network = Network.Mlp([64, 64], dropout: 0.3, normalization: Normalization.Batch()) },
        ["small batches"] = Illnesses.Bare(32) with { BatchSize = 4, Epochs = 3 },
        ["single rows"] = Illnesses.Bare(32) with { BatchSize = 1, Epochs = 2 },
        ["few steps"] = Illnesses.Bare(64) with { Epochs = 1 },
        ["a strong penalty"] = Illnesses.Bare(64, 64) with { Regularizer = Regularizer.L2(1e-2), Epochs = 10 },
        ["smoothed labels"] = Illnesses.Bare(64, 64) with { LabelSmoothing = 0.2 },
        ["linear"] = Illnesses.Bare(),
        ["a narrow layer"] = Illnesses.Bare(6) with { Epochs = 15 },
        ["validated"] = Illnesses.Bare(64) with { ValidationFraction = 0.2, Epochs = 15 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Digits(string net, int seed) => AssertHealthy(Illnesses.Train(Nets[net] with { Seed = seed }).Diagnosis!);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_regression_on_noisy_data(int seed)
    {
        AssertHealthy(Illnesses.TrainRegression(new() { InputScaling = InputScaling.Standardize(), Epochs = 20, Seed = seed }).Diagnosis!);
        AssertHealthy(Illnesses.TrainRegression(Illnesses.Bare(32) with { Optimizer = Optimizer.Adam(0.01), Gradients = null, Seed = seed }).Diagnosis!);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_few_wrong_labels_are_no_illness(int seed)
    {
        var digits = Illnesses.Digits.Select((digit, i) => i % 25 == 0 ? new Illnesses.Digit { Features = digit.Features, Label = (digit.Label + 1) % 10 } : digit);
        AssertHealthy(Illnesses.Train(Illnesses.Bare(64, 64) with { Seed = seed, Epochs = 8 }, digits).Diagnosis!);
    }

    private static void AssertHealthy(Diagnosis diagnosis)
    {
        Assert.True(diagnosis.Kind == DiagnosisKind.Healthy, $"{diagnosis} {string.Join(" | ", diagnosis.Evidence)}");
        Assert.Empty(diagnosis.Others);
        Assert.Equal((null, null, "options"), (diagnosis.Layer, diagnosis.Step, diagnosis.Code));
        Assert.StartsWith("Healthy: the loss went from ", diagnosis.Sentence, StringComparison.Ordinal);
    }
}
