using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>A module of one's own as a parameter set.</summary>
public class ParameterSetTests
{
    [Fact]
    public void Values_and_gradients_are_those_of_the_module()
    {
        using var module = nn.Sequential(("first", nn.Linear(2, 3)), ("last", nn.Linear(3, 1)));
        var before = module.parameters().Select(parameter => parameter.ToArray()).ToList();
        using var parameters = ParameterSet.Of(module);

        Assert.Equal(["first.weight", "last.weight", "first.bias", "last.bias"], parameters.Segments.Select(segment => segment.Name));
        Assert.Equal(before, module.parameters().Select(parameter => parameter.ToArray()));
        using var input = ones(4, 2);
        using (var loss = module.call(input).square().mean())
        {
            loss.backward();
        }

        Assert.True(parameters.GradientNorm() > 0);
        parameters.ZeroGradients();
        Assert.Equal(0, parameters.GradientNorm());
    }

    [Fact]
    public void Optimisers_of_torch_step_on_clipped_gradients()
    {
        using var module = nn.Linear(3, 1, hasBias: false);
        using var parameters = ParameterSet.Of(module);
        using var clip = GradientTransform.ClipByGlobalNorm(0.5).Bind(parameters);
        using var optimizer = optim.SGD(module.parameters(), 1);
        using var random = new Generator(1);
        var before = parameters.Segments[0].Value.ToArray();
        using var input = tensor(new float[,] { { 30, 0, 40 } });
        for (var i = 0; i < 3; i++)
        {
            optimizer.zero_grad();
            using var loss = module.call(input).sum();
            loss.backward();
            var step = new GradientStep(parameters, i, random);
            Assert.Equal(50, step.GlobalNorm(parameters), 1e-4);
            clip.Apply(step);
            optimizer.step();
        }

        Support.AssertClose([before[0] - 0.9, before[1], before[2] - 1.2], parameters.Segments[0].Value.ToArray(), 1e-5);
    }

    [Fact]
    public void The_module_outlives_the_set()
    {
        using var module = nn.Linear(3, 2);
        var before = module.parameters().SelectMany(parameter => parameter.ToArray()).ToList();
        var parameters = ParameterSet.Of(module);
        _ = parameters.Where("weight");

        parameters.Dispose();
        parameters.Dispose();

        using var input = zeros(1, 3);
        using var output = module.call(input);
        Assert.Equal([1L, 2], output.shape);
        Assert.Equal(before, module.parameters().SelectMany(parameter => parameter.ToArray()));
    }

    [Fact]
    public void Frozen_parameters_are_left_out_and_a_module_without_others_is_an_error()
    {
        using var module = nn.Linear(3, 2);
        module.parameters().Last().requires_grad = false;
        using (var parameters = ParameterSet.Of(module))
        {
            Assert.Equal("weight", Assert.Single(parameters.Segments).Name);
        }

        module.parameters().First().requires_grad = false;
        var error = Assert.Throws<ArgumentException>(() => ParameterSet.Of(module));
        Assert.StartsWith("ParameterSet.Of: module must have a trainable parameter; it has none.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Disposing_a_part_or_the_set_of_a_fit_frees_nothing()
    {
        using var module = nn.Linear(3, 2);
        using var flat = new FlatParameters(module);

        flat.All.Where("weight").Dispose();
        flat.All.Dispose();

        Assert.Equal(0, flat.All.GradientNorm());
    }
}
