using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MLNet.GradStability.Tests.Stability;

namespace MLNet.GradStability.Tests.Advice;

/// <summary>The code of every remedy compiles as it is printed, and cures.</summary>
[Trait("Row", "R29")]
public partial class RemediesTests
{
    private static Dictionary<string, Func<NeuralNetworkOptions, NeuralNetworkOptions>> Compiled { get; } = new[]
    {
        Text(options => options),
        Text(options => options with { InputScaling = InputScaling.Standardize() }),
        Text(options => options with { Gradients = GradientTransform.ClipByGlobalNorm(1) }),
        Text(options => options with { Gradients = GradientTransform.ClipByGlobalNorm(1), Stability = new StabilityPolicy() }),
        Text(options => options with { Initializer = Initializer.Isometric() }),
        Text(options => options with { Network = Network.Mlp([64, 64, 64, 64, 64], normalization: Normalization.Batch(), residual: true) }),
        Text(options => options with { Network = options.Network with { Activation = Activation.Relu() }, Initializer = Initializer.Isometric() }),
        Text(options => options with { Network = options.Network with { Activation = Activation.LeakyRelu(0.1) }, Initializer = Initializer.Isometric() }),
        Text(options => options with { EarlyStopping = new EarlyStopping() }),
        Text(options => options with { Regularizer = Regularizer.L2(1e-4) }),
        Text(options => options with { Network = new NeuralNetworkOptions().Network, Initializer = Initializer.Isometric(), Optimizer = new NeuralNetworkOptions().Optimizer }),
        Text(options => options with { BatchSize = 128 }),
        Text(options => options with { Optimizer = options.Optimizer with { Rate = Schedule.WarmupCosine(3e-4, 50) } }),
    }.ToDictionary(pair => pair.Text, pair => pair.Change);

    [Fact]
    public void Every_remedy_compiles_as_it_is_printed()
    {
        var remedies = typeof(Remedies).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => ((string Remedy, string Code))property.GetValue(null)!)
            .Append(Remedies.LargerBatches(32))
            .Append(Remedies.Slower(3e-3, 0.05))
            .Append(Remedies.Faster(3e-6, 1e-5))
            .ToList();
        Assert.Equal(Compiled.Keys.Order(), remedies.Select(remedy => remedy.Code).Distinct().Order());
        Assert.All(remedies, remedy => Assert.EndsWith(".", remedy.Remedy, StringComparison.Ordinal));
        Assert.Equal(4, typeof(Remedies).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Count(method => !method.IsSpecialName) + 1);
    }

    [Theory]
    [InlineData(0.1, 1, 1e-3)]
    [InlineData(0.1, 0.02, 1e-2)]
    [InlineData(0.1, double.NaN, 1e-2)]
    public void A_rate_is_lowered_until_updates_are_of_the_usual_size(double rate, double ratio, double expected) =>
        Assert.Equal(expected, RateIn(Remedies.Slower(rate, ratio).Code));

    [Theory]
    [InlineData(1e-6, 1e-6, 1e-3)]
    [InlineData(1e-6, 5e-3, 1e-5)]
    [InlineData(1e-12, 0, 1e-6)]
    public void A_rate_is_raised_until_updates_are_of_the_usual_size(double rate, double ratio, double expected) =>
        Assert.Equal(expected, RateIn(Remedies.Faster(rate, ratio).Code));

    public static TheoryData<string> Ill => ["exploding", "vanishing", "dead", "unscaled", "too fast", "too slow"];

    [Theory]
    [MemberData(nameof(Ill))]
    public void The_remedy_cures(string illness)
    {
        var options = illness switch
        {
            "exploding" => Illnesses.Bare(Illnesses.Deep(20)) with { Initializer = Initializer.Normal(0.3) },
            "vanishing" => Illnesses.Bare(Illnesses.Deep(12)) with { Initializer = Initializer.Normal(0.01) },
            "dead" => Illnesses.Bare(64, 64) with { Initializer = Initializer.Bias(-30).Then(Initializer.HeNormal()) },
            "unscaled" => Illnesses.Bare(64, 64) with { InputScaling = null },
            "too fast" => Illnesses.Bare(64, 64) with { Optimizer = Optimizer.Sgd(10), Gradients = null },
            _ => Illnesses.Bare(64, 64) with { Optimizer = Optimizer.Adam(1e-7) },
        };
        var digits = illness == "unscaled" ? Illnesses.With(_ => true, x => 1e6f * x).ToList() : Illnesses.Digits;
        var ill = Illnesses.Train(options, digits);
        Assert.NotEqual(DiagnosisKind.Healthy, ill.Diagnosis!.Kind);
        var cured = Illnesses.Train(Apply(ill.Diagnosis.Code, options), digits);
        Assert.True(cured.Diagnosis!.Kind == DiagnosisKind.Healthy, $"{ill.Diagnosis} → {cured.Diagnosis}");
        Assert.InRange(cured.Epochs[^1].Metric, 0.8, 1);
    }

    private static NeuralNetworkOptions Apply(string code, NeuralNetworkOptions options) => Compiled.TryGetValue(code, out var change)
        ? change(options)
        : options with { Optimizer = options.Optimizer with { Rate = Schedule.WarmupCosine(RateIn(code), 50) } };

    private static double RateIn(string code) => double.Parse(Rate().Match(code).Groups[1].Value, CultureInfo.InvariantCulture);

    private static (string Text, Func<NeuralNetworkOptions, NeuralNetworkOptions> Change) Text(
        Func<NeuralNetworkOptions, NeuralNetworkOptions> change, [CallerArgumentExpression(nameof(change))] string text = "") =>
        (text["options => ".Length..], change);

    [GeneratedRegex(@"WarmupCosine\((\S+), 50\)")]
    private static partial Regex Rate();
}
