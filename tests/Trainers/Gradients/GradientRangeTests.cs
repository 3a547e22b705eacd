namespace MLNet.GradStability.Tests;

/// <summary>Every number that a gradient transform takes is checked where it is given; the message says what must hold, what was given and what to do.</summary>
public class GradientRangeTests
{
    private const double NaN = double.NaN;
    private const double Infinity = double.PositiveInfinity;

    public static TheoryData<string, string> Messages
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (name, (_, message)) in Cases)
            {
                data.Add(name, message);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Bad_numbers_are_refused(string name, string message)
    {
        var error = Assert.ThrowsAny<ArgumentException>(Cases[name].Create);

        Assert.StartsWith($"GradientTransform.{message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_number_out_of_range_is_refused_too()
    {
        var error = Assert.Throws<FormatException>(() => Descriptions.FromJson<GradientTransform>("{\"kind\":\"clip-by-norm\",\"maxNorm\":-1}"));

        Assert.Contains("GradientTransform.ClipByNorm: maxNorm must be finite and greater than 0; got -1.", error.Message, StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, (Func<object> Create, string Message)> Cases = new()
    {
        ["value: min NaN"] = (() => GradientTransform.ClipByValue(NaN, 1), "ClipByValue: min must be finite; got NaN. Usual bounds are −1 and 1."),
        ["value: max infinite"] = (() => GradientTransform.ClipByValue(-1, Infinity), "ClipByValue: max must be finite; got Infinity. Usual bounds are −1 and 1."),
        ["value: equal"] = (() => GradientTransform.ClipByValue(1, 1), "ClipByValue: max must be greater than min, 1; got 1. Give the lower bound first."),
        ["value: crossed"] = (() => GradientTransform.ClipByValue(0.5, -0.5), "ClipByValue: max must be greater than min, 0.5; got -0.5. Give the lower bound first."),
        ["norm: 0"] = (() => GradientTransform.ClipByNorm(0), "ClipByNorm: maxNorm must be finite and greater than 0; got 0. To train without clipping, leave it out."),
        ["global: negative"] = (() => GradientTransform.ClipByGlobalNorm(-1), "ClipByGlobalNorm: maxNorm must be finite and greater than 0; got -1. To train without clipping, leave it out."),
        ["global: NaN"] = (() => GradientTransform.ClipByGlobalNorm(NaN), "ClipByGlobalNorm: maxNorm must be finite and greater than 0; got NaN. To train without clipping, leave it out."),
        ["global: order"] = (() => GradientTransform.ClipByGlobalNorm(1, 0), "ClipByGlobalNorm: norm must be L1, L2 or LInfinity; got 0. Leave it out for L2."),
        ["adaptive: lambda"] = (() => GradientTransform.Adaptive(0), "Adaptive: lambda must be finite and greater than 0; got 0. The usual value is 0.01."),
        ["adaptive: epsilon"] = (() => GradientTransform.Adaptive(epsilon: 0), "Adaptive: epsilon must be finite and greater than 0; got 0. The usual value is 1e-3; without it a weight of 0 could never move."),
        ["auto: percentile"] = (() => GradientTransform.AutoClip(100.5), "AutoClip: percentile must be from 0 to 100; got 100.5. The usual value is 10."),
        ["auto: percentile NaN"] = (() => GradientTransform.AutoClip(NaN), "AutoClip: percentile must be from 0 to 100; got NaN. The usual value is 10."),
        ["auto: history"] = (() => GradientTransform.AutoClip(history: 0), "AutoClip: history must be 1 or greater; got 0. The usual value is 10000."),
        ["z: threshold"] = (() => GradientTransform.ZClip(0), "ZClip: zThreshold must be finite and greater than 0; got 0. The usual value is 2.5."),
        ["z: alpha"] = (() => GradientTransform.ZClip(alpha: 1), "ZClip: alpha must be at least 0 and below 1; got 1. The usual value is 0.97."),
        ["z: warm-up"] = (() => GradientTransform.ZClip(warmupSteps: 1), "ZClip: warmupSteps must be 2 or greater; got 1. The usual value is 25; a deviation needs two norms at least."),
        ["ada-gc: lambda"] = (() => GradientTransform.AdaGc(0.99), "AdaGc: lambda must be finite and 1 or greater; got 0.99. The usual value is 1.05; below 1 every step would shrink the next."),
        ["ada-gc: beta"] = (() => GradientTransform.AdaGc(beta: -0.1), "AdaGc: beta must be at least 0 and below 1; got -0.1. The usual value is 0.98."),
        ["ada-gc: warm-up"] = (() => GradientTransform.AdaGc(warmupSteps: -1), "AdaGc: warmupSteps must be 0 or greater; got -1. The usual value is 100."),
        ["ada-gc: norm"] = (() => GradientTransform.AdaGc(warmupMaxNorm: Infinity), "AdaGc: warmupMaxNorm must be finite and greater than 0; got Infinity. The usual value is 1."),
        ["spam: theta"] = (() => GradientTransform.SpamClip(1), "SpamClip: theta must be finite and greater than 1; got 1. The usual value is 5000."),
        ["spam: beta"] = (() => GradientTransform.SpamClip(beta: NaN), "SpamClip: beta must be at least 0 and below 1; got NaN. The usual value is 0.999."),
        ["noise: eta"] = (() => GradientTransform.Noise(0), "Noise: eta must be finite and greater than 0; got 0. Usual values are 0.01, 0.3 and 1."),
        ["noise: decay"] = (() => GradientTransform.Noise(1, -1), "Noise: decay must be finite and 0 or greater; got -1. The usual value is 0.55; 0 keeps the noise constant."),
        ["measure: receiver"] = (() => GradientTransform.Measure(null!), "Measure: receiver must be given; got null. Give the object that takes the measurements."),
        ["measure: every"] = (() => GradientTransform.Measure(new Measurements(), 0), "Measure: every must be 1 or greater; got 0. Leave it at 1 to measure every step."),
        ["then: null"] = (() => GradientTransform.Centralise().Then(null!), "Then: next must be given; got null. Give the transform that comes second."),
        ["where: blank"] = (() => GradientTransform.Centralise().Where(" "), "Where: pattern must not be empty; got \" \". Give a layer name such as \"hidden*\"."),
    };
}
