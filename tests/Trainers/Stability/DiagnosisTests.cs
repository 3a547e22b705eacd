namespace MLNet.GradStability.Tests.Stability;

/// <summary>Networks built to be ill get their verdict, with the layer and the step where it starts.</summary>
[Trait("Row", "R29")]
public class DiagnosisTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void Weights_that_let_the_signal_explode(bool guarded, int seed)
    {
        var diagnosis = Diagnose(Illnesses.Bare(Illnesses.Deep(20)) with
        {
            Initializer = Initializer.Normal(0.3),
            Gradients = null,
            Stability = guarded ? new() : null,
            Optimizer = Optimizer.Adam(1e-3),
            Seed = seed,
            Epochs = 2,
        });
        Assert.Equal((DiagnosisKind.ExplodingGradients, 0L), (diagnosis.Kind, diagnosis.Step));
        Assert.Matches("^Gradients explode from layer hidden[0-9]+ ", diagnosis.Sentence);
        Assert.Contains(diagnosis.Layer!, diagnosis.Sentence, StringComparison.Ordinal);
        Assert.Contains("Initializer.Isometric()", diagnosis.Code, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Row", "R25")]
    [InlineData(50, "output", false)]
    [InlineData(50, "hidden1", true)]
    [InlineData(100, "hidden2", false)]
    [InlineData(100, "hidden2", true)]
    public void An_explosion_in_the_middle_of_the_run_is_named_with_step_and_layer(long step, string layer, bool guarded)
    {
        var diagnosis = Diagnose(Illnesses.Bare(64, 64, 64, 64) with { Constraint = new At(step, layer, 100), Stability = guarded ? new() : null });
        Assert.Equal((DiagnosisKind.ExplodingGradients, layer, step + 1), (diagnosis.Kind, diagnosis.Layer, diagnosis.Step));
        Assert.StartsWith($"Gradients explode from layer {layer} at step {step + 1}: the norm rose from ", diagnosis.Sentence, StringComparison.Ordinal);
        Assert.True(diagnosis.Evidence.Count >= 2);
    }

    [Fact]
    [Trait("Row", "R25")]
    public void Weights_that_are_not_a_number_are_traced_to_their_layer()
    {
        var diagnosis = Diagnose(Illnesses.Bare(64, 64, 64) with { Constraint = new At(60, "hidden1", double.NaN), Epochs = 3 });
        Assert.Equal((DiagnosisKind.ExplodingGradients, "hidden1", 61L), (diagnosis.Kind, diagnosis.Layer, diagnosis.Step));
        Assert.Matches("^gradient norm: median [0-9.]+ before, not finite from step 61 on$", diagnosis.Evidence[0]);
        Assert.Matches("^loss: [0-9.]+ before, not finite from step 61 on, ", diagnosis.Evidence[1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_deep_network_of_sigmoids_lets_gradients_vanish(int seed)
    {
        var diagnosis = Diagnose(Illnesses.Bare() with { Network = Network.Mlp(Illnesses.Deep(12), Activation.Sigmoid()), Initializer = Initializer.XavierNormal(), Seed = seed });
        Assert.Equal(DiagnosisKind.VanishingGradients, diagnosis.Kind);
        Assert.Matches("^Gradients vanish below layer hidden[0-9]+: the norm falls from .* in output to .* in hidden0", diagnosis.Sentence);
        Assert.Contains("Activation.Relu()", diagnosis.Code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Small_first_weights_let_gradients_vanish(bool guarded)
    {
        var diagnosis = Diagnose(Illnesses.Bare(Illnesses.Deep(20)) with { Initializer = Initializer.Normal(0.01), Stability = guarded ? new() : null, Epochs = 2 });
        Assert.Equal(DiagnosisKind.VanishingGradients, diagnosis.Kind);
        Assert.StartsWith("hidden", diagnosis.Layer, StringComparison.Ordinal);
        Assert.Contains("Initializer.Isometric()", diagnosis.Code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "hidden0", "activation0")]
    [InlineData(false, "hidden1", "activation1")]
    [InlineData(true, "hidden1", "activation1")]
    public void Biases_far_below_0_kill_the_units(bool guarded, string layer, string activation)
    {
        var diagnosis = Diagnose(Illnesses.Bare(64, 64) with
        {
            Initializer = Initializer.Bias(-30).Where(layer).Then(Initializer.HeNormal()),
            Stability = guarded ? new() : null,
        });
        Assert.Equal((DiagnosisKind.DeadUnits, activation, 0L), (diagnosis.Kind, diagnosis.Layer, diagnosis.Step));
    }

    [Fact]
    public void Weights_far_too_large_saturate_tanh()
    {
        var diagnosis = Diagnose(Illnesses.Bare() with { Network = Network.Mlp([64, 64, 64, 64], Activation.Tanh()), Initializer = Initializer.Normal(2) });
        Assert.Equal((DiagnosisKind.DeadUnits, "activation0"), (diagnosis.Kind, diagnosis.Layer));
        Assert.Contains("saturated", diagnosis.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adam", 1.0, false)]
    [InlineData("adam", 1.0, true)]
    [InlineData("adam", 0.1, false)]
    [InlineData("sgd", 10.0, false)]
    [InlineData("sgd", 10.0, true)]
    public void A_rate_that_is_too_high(string optimizer, double rate, bool guarded)
    {
        var diagnosis = Diagnose(Illnesses.Bare(64, 64) with
        {
            Optimizer = optimizer == "adam" ? Optimizer.Adam(rate) : Optimizer.Sgd(rate),
            Gradients = null,
            Stability = guarded ? new() : null,
        });
        Assert.Equal(DiagnosisKind.LearningRateTooHigh, diagnosis.Kind);
        Assert.Contains("Lower the learning rate", diagnosis.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_that_a_warm_up_brings_too_high()
    {
        var diagnosis = Diagnose(Illnesses.Bare(64, 64) with { Optimizer = Optimizer.Sgd(Schedule.WarmupCosine(10, 50)), Gradients = null });
        Assert.Equal(DiagnosisKind.LearningRateTooHigh, diagnosis.Kind);
        Assert.InRange(diagnosis.Step!.Value, 1, 50);
    }

    [Theory]
    [InlineData("adam", 1e-7)]
    [InlineData("adam", 1e-5)]
    [InlineData("sgd", 1e-7)]
    public void A_rate_that_is_too_low(string optimizer, double rate)
    {
        var diagnosis = Diagnose(Illnesses.Bare(64, 64) with { Optimizer = optimizer == "adam" ? Optimizer.Adam(rate) : Optimizer.Sgd(rate), Epochs = 3 });
        Assert.Equal(DiagnosisKind.LearningRateTooLow, diagnosis.Kind);
        Assert.Contains("Raise the learning rate", diagnosis.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Features_a_million_times_too_large(bool guarded)
    {
        var options = Illnesses.Bare(64, 64) with { InputScaling = null, Stability = guarded ? new() : null, Epochs = 3 };
        Check(Illnesses.Train(options, Illnesses.With(_ => true, x => 1e6f * x)).Diagnosis!);
        Check(Illnesses.TrainRegression(options, scale: 1e6f).Diagnosis!);

        static void Check(Diagnosis diagnosis)
        {
            Assert.Equal(DiagnosisKind.UnscaledData, diagnosis.Kind);
            Assert.Equal("options with { InputScaling = InputScaling.Standardize() }", diagnosis.Code);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_out_of_all_proportion_are_named(bool guarded)
    {
        var bad = new[] { 300, 900, 1500 };
        var options = Illnesses.Bare(64, 64) with { InputScaling = null, Optimizer = Optimizer.Adam(1e-3), Stability = guarded ? new() : null };
        var diagnosis = Illnesses.Train(options, Illnesses.With(i => bad.Contains(i), x => 1e4f * x)).Diagnosis!;
        Assert.Equal(DiagnosisKind.LabelNoise, diagnosis.Kind);
        Assert.Matches("Check the labels and features of (a row|2 rows|3 rows): (300|900|1500)(, (900|1500))*[.]$", diagnosis.Sentence);
    }

    [Fact]
    public void Labels_out_of_all_proportion_are_named()
    {
        var options = Illnesses.Bare(64, 64) with { Optimizer = Optimizer.Adam(1e-3), Epochs = 15 };
        var diagnosis = Illnesses.TrainRegression(options, (i, label) => i == 77 ? 100 * label : label).Diagnosis!;
        Assert.Equal(DiagnosisKind.LabelNoise, diagnosis.Kind);
        Assert.EndsWith("Check the labels and features of a row: 77.", diagnosis.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_with_more_room_than_rows_overfits()
    {
        var options = Illnesses.Bare(256, 256) with { Optimizer = Optimizer.Adam(1e-3), ValidationFraction = 0.3, Epochs = 60 };
        var diagnosis = Illnesses.TrainRegression(options).Diagnosis!;
        Assert.Equal(DiagnosisKind.Overfitting, diagnosis.Kind);
        Assert.Contains("EarlyStopping", diagnosis.Code, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_have_nothing_to_do_with_the_features_cannot_be_learned()
    {
        var random = new Random(1);
        var digits = Illnesses.Digits.Select(digit => new Illnesses.Digit { Features = digit.Features, Label = (uint)random.Next(10) });
        var diagnosis = Illnesses.Train(Illnesses.Bare(16) with { Epochs = 2 }, digits).Diagnosis!;
        Assert.Equal(DiagnosisKind.NotLearning, diagnosis.Kind);
    }

    [Fact]
    public void What_follows_from_the_cause_comes_behind_it()
    {
        var diagnosis = Diagnose(Illnesses.Bare(64, 64) with { Optimizer = Optimizer.Sgd(10), Gradients = null });
        Assert.Contains(diagnosis.Others, other => other.Kind == DiagnosisKind.ExplodingGradients);
        Assert.All(diagnosis.Others, other => Assert.NotEqual(diagnosis.Kind, other.Kind));
    }

    private static Diagnosis Diagnose(NeuralNetworkOptions options) => Illnesses.Train(options).Diagnosis!;
}
