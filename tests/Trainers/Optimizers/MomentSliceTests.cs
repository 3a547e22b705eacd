using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Optimizers;

/// <summary>Large groups are updated slice by slice: each number must come out as it does among few.</summary>
public sealed class MomentSliceTests
{
    private const int Few = 1000;
    private const double Rate = 0.01;

    public static TheoryData<string> Rules => ["adam", "adamw", "nadam", "radam"];

    [Theory]
    [MemberData(nameof(Rules))]
    [Trait("Row", "R9")]
    public void A_number_of_a_large_network_moves_as_in_a_small_one(string rule)
    {
        using var numbers = Numbers(1, 300_000);
        using var all = Steps(rule, numbers);
        foreach (var start in new[] { 0, 262_144 - (Few / 2), 300_000 - Few })
        {
            using var few = numbers.narrow(0, start, Few);
            using var alone = Steps(rule, few);
            using var part = all.narrow(0, start, Few);

            Assert.Equal(alone.data<float>().ToArray(), part.data<float>().ToArray());
        }
    }

    /// <summary>The values after steps along gradients that depend on a number's value alone.</summary>
    private static Tensor Steps(string rule, Tensor start)
    {
        using var _ = no_grad();
        using var line = nn.Linear(start.shape[0], 1, hasBias: false);
        using var flat = new FlatParameters(line);
        flat.Values.copy_(start);
        using var bound = Kinds.Optimizers[rule].For(new RunLength(10, 10), 1).Bind(flat);
        for (var step = 0; step < 8; step++)
        {
            using var scope = NewDisposeScope();
            flat.Gradients.copy_(flat.Values.square().sub_(step));
            bound.Step(Rate, new StepGradients(() => { }, () => throw new InvalidOperationException()));
        }

        return flat.Values.clone();
    }

    private static Tensor Numbers(ulong seed, long count)
    {
        using var random = new Generator(seed);
        return empty(count).normal_(0, 1, random);
    }
}
