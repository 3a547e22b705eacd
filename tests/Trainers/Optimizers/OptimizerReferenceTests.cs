using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Optimizers;

/// <summary>Every optimiser under every schedule against PyTorch, and the own rules against a plain derivation (tests/Reference/optimizers).</summary>
public sealed class OptimizerReferenceTests
{
    public static IEnumerable<object[]> Pairs => Kinds.Referenced.Keys.SelectMany(rule => Kinds.Schedules.Keys.Select(schedule => new object[] { rule, schedule }));

    public static TheoryData<string> Rules => [.. Kinds.Referenced.Keys];

    [Theory]
    [MemberData(nameof(Pairs))]
    [Trait("Row", "R8")]
    [Trait("Row", "R9")]
    public void Ten_steps_equal_PyTorch(string rule, string schedule)
    {
        var expected = SmallNet.Reference.GetProperty("pairs").EnumerateArray()
            .Single(pair => pair.GetProperty("optimizer").GetString() == rule && pair.GetProperty("schedule").GetString() == schedule);
        using var net = new SmallNet().Train(Kinds.Referenced[rule](Kinds.Schedules[schedule](expected.GetProperty("rate").GetDouble())));

        Support.AssertClose(expected.GetProperty("rates").Numbers(), net.Rates, 1e-9);
        Support.AssertClose(expected.GetProperty("losses").Numbers(), net.Losses, 1e-5);
        net.AssertParameters(expected.GetProperty("after"));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    [Trait("Row", "R9")]
    [Trait("Row", "R10")]
    public void One_number_and_a_zero_gradient(string rule)
    {
        var expected = SmallNet.Reference.GetProperty("alone").EnumerateArray().Single(alone => alone.GetProperty("optimizer").GetString() == rule);
        var rate = expected.GetProperty("rate").GetDouble();
        Support.AssertClose(expected.GetProperty("single").Numbers(), Path(SmallNet.Reference.GetProperty("singleGradients").Numbers()), 1e-6);
        Support.AssertClose(expected.GetProperty("zero").Numbers(), Path([0, 0, 0]), 1e-7);

        List<double> Path(double[] gradients)
        {
            using var line = nn.Linear(1, 1, hasBias: false);
            using var grads = no_grad();
            line.weight!.fill_(0.75);
            using var flat = new FlatParameters(line);
            using var bound = Kinds.Referenced[rule](rate).Bind(flat);
            return
            [
                .. gradients.Select(gradient =>
                {
                    using var scope = NewDisposeScope();
                    flat.Gradients.fill_(gradient);
                    bound.Step(rate, new StepGradients(() => { }, () => throw new InvalidOperationException()));
                    return flat.Values.ToDouble();
                }),
            ];
        }
    }

    [Fact]
    [Trait("Row", "R9")]
    public void Sam_equals_a_plain_derivation()
    {
        using var net = new SmallNet().Train(Optimizer.Sam(Optimizer.Momentum(0.05), 0.1));
        var expected = SmallNet.Reference.GetProperty("sam");
        Support.AssertClose(expected.GetProperty("losses").Numbers(), net.Losses, 1e-5);
        net.AssertParameters(expected.GetProperty("after"));
    }

    [Theory]
    [InlineData("ema")]
    [InlineData("swa")]
    public void Averages_equal_a_plain_derivation(string kind)
    {
        using var net = new SmallNet();
        using var averaging = (kind == "ema" ? WeightAveraging.Ema(0.6) : WeightAveraging.Swa(0.4)).Bind(net.Flat.Values, SmallNet.Steps / SmallNet.StepsPerEpoch);
        net.Train(Optimizer.Sgd(0.05), averaging);
        using (no_grad())
        {
            Assert.True(averaging.TakeOver());
        }

        net.AssertParameters(SmallNet.Reference.GetProperty("averages").GetProperty(kind));
    }
}
