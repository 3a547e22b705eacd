using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Stability;

/// <summary>The layer where trouble starts is named.</summary>
[Trait("Row", "R25")]
public sealed class LayerHealthTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly ProbedNet _net = new(ProbedNet.Mlp(6, 16, 16, 16, 16, 16, 3));
    private readonly Tensor _input;

    public LayerHealthTests()
    {
        using var random = new Generator(5);
        _input = empty(32, 6).normal_(0, 1, random);
        using var _ = no_grad();
        foreach (var segment in _net.Flat.All.Segments.Where(segment => segment.IsWeight))
        {
            segment.Value.normal_(0, Math.Sqrt(2.0 / segment.Value.shape[1]), random);
        }

        // Torch draws them from the process-wide generator; at random they keep units alive behind a dead layer.
        foreach (var bias in _net.Flat.All.Segments.Where(segment => !segment.IsWeight))
        {
            bias.Value.zero_();
        }
    }

    public void Dispose()
    {
        _net.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Nothing_stands_out_in_a_healthy_network()
    {
        _net.Step(_input, 0, rate: 1e-3);
        var health = Look();
        Assert.Equal((null, null), (health.ExplodesFrom, health.VanishesBelow));
        Assert.Empty(health.Dead);
        Assert.Single(_net.Probe.Samples);
    }

    [Fact]
    public void An_explosion_starts_at_the_first_layer_whose_output_grew()
    {
        _net.Step(_input, 0, rate: 1e-3);
        Scale("hidden3.weight", 1e4);
        Assert.Equal("hidden3", Look().ExplodesFrom);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_traced_to_its_layer()
    {
        _net.Step(_input, 0, rate: 1e-3);
        Scale("hidden2.bias", double.NaN);
        var health = Look();
        Assert.Equal("hidden2", health.ExplodesFrom);
        Assert.False(double.IsFinite(health.Layers.Single(layer => layer.Layer == "output").GradientNorm));
    }

    [Fact]
    public void Gradients_vanish_below_the_layer_that_lets_none_through()
    {
        Scale("hidden3.weight", 1e-6);
        var health = Look();
        Assert.Equal("hidden3", health.VanishesBelow);
    }

    [Fact]
    public void A_dead_layer_is_named()
    {
        using (no_grad())
        {
            _net.Parameter("hidden1.bias").fill_(-1000);
        }

        Assert.Equal(["activation1", "activation2", "activation3", "activation4"], Look().Dead);
    }

    [Fact]
    public void Looking_does_not_count_for_the_rows_that_kill_a_unit()
    {
        _net.Step(_input, 0, rate: 0);
        using (no_grad())
        {
            _net.Parameter("hidden1.bias").fill_(-1000);
        }

        for (var i = 0; i < 20; i++)
        {
            Look();
        }

        _net.Step(_input, 1, rate: 0);
        var dead = _net.Probe.Samples[^1].Layers.Single(layer => layer.Layer == "activation1").DeadShare;
        Assert.True(dead < LayerHealth.DeadLayer, $"{dead}");
    }

    private LayerHealth Look() => _net.Probe.Look(() => _net.Pass(_input));

    private void Scale(string parameter, double factor)
    {
        using var _ = no_grad();
        _net.Parameter(parameter).add_(1e-3).mul_(factor);
    }
}
