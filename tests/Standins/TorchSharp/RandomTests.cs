using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.init;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

public class RandomTests
{
    [Fact]
    public void A_seed_gives_PyTorchs_numbers()
    {
        var expected = Reference.Read("random.json");
        torch.manual_seed(42);
        Reference.Same(expected.GetProperty("rand"), torch.rand(5));
        Reference.Same(expected.GetProperty("randn_short"), torch.randn(5));
        Reference.Same(expected.GetProperty("randn_long"), torch.randn(40));
        Reference.Same(expected.GetProperty("randint"), torch.randint(0, 1000, [5L]));
        Reference.Same(expected.GetProperty("randperm"), torch.randperm(10));
        Reference.Same(expected.GetProperty("bernoulli"), torch.full(8, 0.3).bernoulli());
        Reference.Same(expected.GetProperty("normal_"), torch.empty(3).normal_(2, 3));
        Reference.Same(expected.GetProperty("uniform_"), torch.empty(3).uniform_(-2, 3));
    }

    [Fact]
    public void Modules_and_initialisers_draw_what_PyTorch_draws()
    {
        var expected = Reference.Read("random.json");
        torch.manual_seed(42);
        Reference.Same(expected.GetProperty("linear_weight"), nn.Linear(3, 2).weight!);
        Reference.Same(expected.GetProperty("conv_bias"), nn.Conv2d(2, 3, 2).get_parameter("bias")!);
        Reference.Same(expected.GetProperty("embedding"), nn.Embedding(3, 2).weight!);
        Reference.Same(expected.GetProperty("lstm"), nn.LSTM(2, 2).get_parameter("weight_hh_l0")!);
        Reference.Same(expected.GetProperty("kaiming_normal"), kaiming_normal_(torch.empty(3, 4), nonlinearity: NonlinearityType.ReLU));
        Reference.Same(expected.GetProperty("kaiming_uniform"), kaiming_uniform_(torch.empty(3, 4), 0.1, FanInOut.FanOut));
        Reference.Same(expected.GetProperty("xavier_uniform"), xavier_uniform_(torch.empty(3, 4), 2));
        Reference.Same(expected.GetProperty("orthogonal"), orthogonal_(torch.empty(3, 4), 2), 1e-5);
        Reference.Same(expected.GetProperty("orthogonal_tall"), orthogonal_(torch.empty(5, 2, 2)), 1e-5);
    }

    [Fact]
    public void A_generator_of_ones_own_repeats_itself_and_leaves_the_process_alone()
    {
        using var before = torch.get_rng_state();
        using var generator = new Generator(7);
        var first = Draw(generator);
        generator.manual_seed(7);
        Assert.Equal(first, Draw(generator));
        Assert.Equal(first, Draw(new Generator(7)));
        Assert.NotEqual(first, Draw(new Generator(8)));
        Assert.Equal(7, generator.initial_seed());
        using var after = torch.get_rng_state();
        Assert.True(before.Equals(after));
    }

    [Fact]
    public void A_generators_state_brings_back_its_numbers()
    {
        using var generator = new Generator(3);
        _ = Draw(generator);
        using var state = generator.get_state();
        var wanted = Draw(generator);
        generator.set_state(state);
        Assert.Equal(wanted, Draw(generator));
        using var other = new Generator(99);
        other.set_state(state);
        Assert.Equal(wanted, Draw(other));
    }

    [Fact]
    public void The_process_wide_state_brings_back_its_numbers()
    {
        torch.manual_seed(1);
        using var state = torch.get_rng_state();
        Assert.Equal(ScalarType.Byte, state.dtype);
        var first = torch.randn(20).data<float>().ToArray();
        torch.set_rng_state(state);
        Assert.Equal(first, torch.randn(20).data<float>().ToArray());
        torch.manual_seed(1);
        Assert.Equal(first, torch.randn(20).data<float>().ToArray());
        Assert.Equal(1, torch.initial_seed());
    }

    [Fact]
    public void Initialisers_ignore_the_generator_they_are_given()
    {
        using var generator = new Generator(5);
        using var untouched = generator.get_state();
        torch.manual_seed(2);
        var first = uniform_(torch.empty(4), 0, 1, generator).data<float>().ToArray();
        torch.manual_seed(2);
        Assert.Equal(first, uniform_(torch.empty(4)).data<float>().ToArray());
        Assert.True(untouched.Equals(generator.get_state()));
    }

    [Fact]
    public void The_normal_Glorot_initialiser_draws_uniform_numbers()
    {
        torch.manual_seed(2);
        using var normal = xavier_normal_(torch.empty(3, 4));
        torch.manual_seed(2);
        using var uniform = xavier_uniform_(torch.empty(3, 4));
        Assert.True(normal.Equals(uniform));
    }

    [Fact]
    public void Gains_and_fans_are_PyTorchs()
    {
        Assert.Equal(1, calculate_gain(NonlinearityType.Linear));
        Assert.Equal(5.0 / 3, calculate_gain(NonlinearityType.Tanh), 12);
        Assert.Equal(Math.Sqrt(2), calculate_gain(NonlinearityType.ReLU), 12);
        Assert.Equal(Math.Sqrt(2 / 1.01), calculate_gain(NonlinearityType.LeakyReLU, 0.1), 12);
        Assert.Equal((18, 36), CalculateFanInAndFanOut(torch.empty(4, 2, 3, 3)));
        Assert.Throws<ArgumentException>(() => CalculateFanInAndFanOut(torch.empty(4)));
        Assert.Equal([1f, 0, 0, 1], eye_(torch.empty(2, 2)).data<float>().ToArray());
        Assert.Equal([3f, 3], constant_(torch.empty(2), 3).data<float>().ToArray());
    }

    private static float[] Draw(Generator generator)
    {
        using var scope = NewDisposeScope();
        return torch.cat([
            torch.rand(3, generator: generator), torch.randn(17, generator: generator), torch.empty(3).normal_(1, 2, generator),
            torch.empty(3).uniform_(0, 1, generator), torch.empty(3).exponential_(2, generator), torch.zeros(3).bernoulli_(0.5, generator),
            torch.randperm(5, generator: generator).@float(), torch.randint(0, 9, [3L], generator: generator).@float(),
            torch.normal(0, 1, [3], generator: generator),
        ]).data<float>().ToArray();
    }
}
