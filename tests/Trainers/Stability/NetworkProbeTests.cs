using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Stability;

/// <summary>What the probe reads off a network, against the same numbers taken by hand.</summary>
[Trait("Row", "R29")]
public sealed class NetworkProbeTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _input;

    public NetworkProbeTests()
    {
        using var random = new Generator(3);
        _input = empty(32, 6).normal_(0, 1, random);
    }

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void A_sample_holds_the_norms_of_each_layer()
    {
        using var net = new ProbedNet(ProbedNet.Mlp(6, 6, 6, 3));
        var before = Values(net);
        net.Step(_input, 0, rate: 0.5);
        var sample = net.Probe.Samples.Single();
        Assert.Equal((0L, 0.5), (sample.Step, sample.LearningRate));
        Assert.Equal(["hidden0", "activation0", "hidden1", "activation1", "output"], sample.Layers.Select(layer => layer.Layer));
        Assert.Equal(Norm(net.Flat.All.Segments.Select(segment => segment.Gradient)), sample.GradientNorm, 1e-5);
        foreach (var layer in sample.Layers.Where(layer => !layer.Layer.StartsWith("activation", StringComparison.Ordinal)))
        {
            var parts = net.Flat.All.Segments.Where(segment => segment.Layer == layer.Layer).ToList();
            var weight = Norm(parts.Select(part => before[part.Name]));
            Assert.Equal(Norm(parts.Select(part => part.Gradient)), layer.GradientNorm, 1e-5);
            Assert.Equal(weight, layer.WeightNorm, 1e-5);
            Assert.Equal(0.5 * layer.GradientNorm / weight, layer.UpdateRatio, 1e-5);
            Assert.True(layer.GradientNorm > 0 && double.IsNaN(layer.DeadShare));
        }
    }

    [Fact]
    public void A_sample_holds_mean_and_deviation_of_each_output()
    {
        using var net = new ProbedNet(ProbedNet.Mlp(6, 5, 3));
        var hidden = nn.functional.linear(_input, net.Parameter("hidden0.weight"), net.Parameter("hidden0.bias")).ToArray();
        net.Step(_input, 0);
        var layers = net.Probe.Samples[0].Layers;
        Check(hidden, layers[0]);
        Check([.. hidden.Select(value => Math.Max(0, value))], layers[1]);
        Assert.True(double.IsNaN(layers[1].GradientNorm) && double.IsNaN(layers[1].WeightNorm) && double.IsNaN(layers[1].UpdateRatio));

        static void Check(double[] values, LayerSample layer)
        {
            var mean = values.Average();
            Assert.Equal(mean, layer.ActivationMean, 1e-5);
            Assert.Equal(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), layer.ActivationDeviation, 1e-5);
        }
    }

    [Fact]
    public void Large_outputs_are_measured_as_small_ones_are()
    {
        using var small = new ProbedNet(ProbedNet.Mlp(6, 8, 3));
        using var large = new ProbedNet(ProbedNet.Mlp(6, 8, 3));
        using (no_grad())
        {
            large.Flat.Values.copy_(small.Flat.Values);
        }

        small.Step(_input, 0);
        large.Step(_input.repeat(300, 1), 0);
        foreach (var (a, b) in small.Probe.Samples[0].Layers.Zip(large.Probe.Samples[0].Layers))
        {
            Assert.Equal(a.ActivationMean, b.ActivationMean, 1e-4);
            Assert.Equal(a.ActivationDeviation, b.ActivationDeviation, 1e-4);
            Assert.Equal(a.DeadShare, b.DeadShare);
        }
    }

    [Fact]
    public void Units_that_are_silent_for_every_row_are_dead()
    {
        using var net = new ProbedNet(ProbedNet.Mlp(6, 4, 4, 3));
        Set(net, "hidden0.bias", [-100, -100, -100, 5]);
        Set(net, "hidden1.bias", [100, 100, 100, 100]);
        net.Step(_input, 0);
        Assert.Equal(0.75, Dead(net, "activation0"));
        Assert.Equal(0, Dead(net, "activation1"));
    }

    [Fact]
    public void A_unit_has_256_rows_to_show_that_it_lives()
    {
        using var net = new ProbedNet(ProbedNet.Mlp(6, 4, 3));
        Set(net, "hidden0.bias", [-100, -100, -100, -100]);
        net.Step(_input, 0, rate: 0);
        Assert.Equal(1, Dead(net, "activation0"));
        Set(net, "hidden0.bias", [100, -100, -100, -100]);
        net.Step(_input, 1, rate: 0);
        Assert.Equal(0.75, Dead(net, "activation0"));
        Set(net, "hidden0.bias", [-100, -100, -100, -100]);
        for (var i = 2; i < 9; i++)
        {
            net.Step(_input, i, rate: 0);
            Assert.Equal(0.75, Dead(net, "activation0"));
        }

        net.Step(_input, 9, rate: 0);
        Assert.Equal(1, Dead(net, "activation0"));
    }

    [Fact]
    public void A_single_row_kills_a_unit_by_zeros_alone()
    {
        using var net = new ProbedNet(ProbedNet.Mlp(6, 4, 3));
        Set(net, "hidden0.bias", [100, 100, 100, -100]);
        net.Step(_input[..1], 0);
        Assert.Equal(0.25, Dead(net, "activation0"));
    }

    [Fact]
    public void Outputs_at_the_bounds_of_tanh_and_sigmoid_count_as_saturated()
    {
        foreach (var activation in new[] { nn.Tanh(), (nn.Module<Tensor, Tensor>)nn.Sigmoid() })
        {
            using var net = new ProbedNet(nn.Sequential(("hidden0", nn.Linear(6, 4)), ("activation0", activation), ("output", nn.Linear(4, 1))));
            Set(net, "hidden0.weight", [0.1f]);
            Set(net, "hidden0.bias", [-100, 100, 0, 0]);
            net.Step(_input, 0);
            Assert.Equal(0.5, Dead(net, "activation0"));
        }
    }

    [Fact]
    public void A_unit_of_a_convolution_is_a_feature_map()
    {
        using var net = new ProbedNet(nn.Sequential(("conv", nn.Conv2d(1, 4, 3)), ("activation0", nn.ReLU()), ("flat", nn.Flatten()), ("output", nn.Linear(16, 1))));
        Set(net, "conv.bias", [-100, 0, 0, 0]);
        net.Step(_input[..16].repeat(1, 3)[.., ..16].reshape(16, 1, 4, 4), 0);
        Assert.Equal(0.25, Dead(net, "activation0"));
        Assert.Equal(["conv", "activation0", "output"], net.Probe.Samples[0].Layers.Select(layer => layer.Layer));
    }

    [Fact]
    public void A_single_layer_is_a_network_too()
    {
        using var net = new ProbedNet(nn.Linear(6, 2));
        net.Step(_input, 0);
        Assert.Equal("network", net.Probe.Samples[0].Layers.Single().Layer);
    }

    [Fact]
    public void Frozen_layers_have_outputs_and_no_gradients()
    {
        var module = nn.Sequential(("hidden0", nn.Linear(6, 4)), ("activation0", nn.ReLU()), ("output", nn.Linear(4, 1)));
        foreach (var (_, parameter) in module.named_parameters().Where(named => named.name.StartsWith("hidden0", StringComparison.Ordinal)))
        {
            parameter.requires_grad = false;
        }

        using var net = new ProbedNet(module);
        net.Step(_input, 0);
        Assert.Equal(["activation0", "output"], net.Probe.Samples[0].Layers.Select(layer => layer.Layer));
    }

    [Fact]
    public void Nothing_is_measured_between_the_sampled_steps()
    {
        using var net = new ProbedNet(ProbedNet.Mlp(6, 4, 3), every: 5);
        for (var i = 0; i < 12; i++)
        {
            net.Step(_input, i);
        }

        Assert.Equal([0L, 5, 10], net.Probe.Samples.Select(sample => sample.Step));

        // A pass after the watch has ended leaves no output behind.
        net.Pass(_input);
        net.Probe.BeforeUpdate();
        net.Probe.AfterUpdate(15, 1, 1);
        Assert.All(net.Probe.Samples[^1].Layers, layer => Assert.True(double.IsNaN(layer.ActivationMean)));
        net.Probe.AfterUpdate(20, 1, 1);
        Assert.Equal(4, net.Probe.Samples.Count);
    }

    [Fact]
    public void The_interval_doubles_with_the_length_of_the_run()
    {
        using var net = new ProbedNet(ProbedNet.Mlp(6, 2, 1), every: 2);
        for (var i = 0; i < 2000; i++)
        {
            net.Step(_input, i, rate: 1e-3);
        }

        Assert.InRange(net.Probe.Samples.Count, NetworkProbe.MostSamples / 2, NetworkProbe.MostSamples);
        Assert.Equal(Enumerable.Range(0, net.Probe.Samples.Count).Select(i => i * 16L), net.Probe.Samples.Select(sample => sample.Step));
    }

    [Fact]
    public void Numbers_beyond_single_precision_stay_finite()
    {
        using var net = new ProbedNet(ProbedNet.Mlp(6, 4, 3));
        using (no_grad())
        {
            net.Parameter("hidden0.weight").fill_(3e37);
            net.Parameter("output.weight").zero_();
        }

        net.Step(_input, 0, rate: 0);
        Assert.All(net.Probe.Samples[0].Layers, layer => Assert.False(double.IsInfinity(layer.ActivationDeviation)));
        Assert.True(net.Probe.Samples[0].Layers[0].ActivationDeviation > 1e30);
    }

    private static double Dead(ProbedNet net, string layer) => net.Probe.Samples[^1].Layers.Single(sample => sample.Layer == layer).DeadShare;

    private static double Norm(IEnumerable<Tensor> tensors) => Norm(tensors.Select(each => each.ToArray()));

    private static double Norm(IEnumerable<double[]> tensors) => Math.Sqrt(tensors.Sum(values => values.Sum(value => value * value)));

    private static Dictionary<string, double[]> Values(ProbedNet net) => net.Flat.All.Segments.ToDictionary(segment => segment.Name, segment => segment.Value.ToArray());

    private static void Set(ProbedNet net, string name, float[] values)
    {
        using var _ = no_grad();
        net.Parameter(name).copy_(tensor(values));
    }
}
