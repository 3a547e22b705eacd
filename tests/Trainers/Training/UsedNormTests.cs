using MLNet.GradStability.Tests.Callbacks;

namespace MLNet.GradStability.Tests.Training;

/// <summary>The result tells the gradient norm that each update used, whatever changes gradients.</summary>
public sealed class UsedNormTests
{
    public static Dictionary<string, GradientTransform?> Kinds { get; } = new()
    {
        ["nothing"] = null,
        ["known to the transform"] = GradientTransform.ClipByGlobalNorm(0.3),
        ["by value"] = GradientTransform.ClipByValue(-0.02, 0.02),
        ["by L1 norm"] = GradientTransform.ClipByGlobalNorm(0.3, NormOrder.L1),
        ["a chain"] = GradientTransform.ClipByGlobalNorm(0.3).Then(GradientTransform.Centralise()),
        ["some layers"] = GradientTransform.ClipByNorm(0.01).Where("hidden*"),
        ["percentile"] = GradientTransform.AutoClip(),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_the_norm_after_all_transforms(string name)
    {
        var after = new List<double>();
        var measure = GradientTransform.Measure(new Receiver(after.Add));
        using var model = Runs.Fit(Runs.Options with { Gradients = Kinds[name] });
        using var measured = Runs.Fit(Runs.Options with { Gradients = Kinds[name]?.Then(measure) ?? measure });

        var spans = model.Model.Training!.Spans;
        Assert.Equal(30, spans.Count);
        Support.AssertClose(after, [.. spans.Select(span => span.UsedNorm.Mean)], 1e-5);
        Assert.Equal(name == "nothing", spans.All(span => span.UsedNorm == span.GradientNorm));
    }

    private sealed class Receiver(Action<double> take) : IProgress<GradientMeasurement>
    {
        public void Report(GradientMeasurement value) => take(value.Norm);
    }
}
