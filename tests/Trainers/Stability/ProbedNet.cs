using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Stability;

/// <summary>A network under a probe, and a loop as narrow as the probe asks for.</summary>
internal sealed class ProbedNet : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _module;

    public ProbedNet(nn.Module<Tensor, Tensor> module, int every = 1)
    {
        _module = module;
        Flat = new FlatParameters(module);
        Probe = new NetworkProbe(module, Flat, every);
    }

    public FlatParameters Flat { get; }

    public NetworkProbe Probe { get; }

    public static nn.Module<Tensor, Tensor> Mlp(params int[] widths)
    {
        var layers = new LayerStack();
        for (var i = 1; i < widths.Length - 1; i++)
        {
            layers.Add($"hidden{i - 1}", nn.Linear(widths[i - 1], widths[i]));
            layers.Add($"activation{i - 1}", nn.ReLU());
        }

        layers.Add(Network.OutputLayer, nn.Linear(widths[^2], widths[^1]));
        return layers;
    }

    public Tensor Parameter(string name) => Flat.All.Segments.Single(segment => segment.Name == name).Value;

    /// <summary>One step of plain gradient descent on the mean square of the outputs.</summary>
    public void Step(Tensor input, long step, double rate = 0.1)
    {
        using var scope = NewDisposeScope();
        var probe = Probe.Due(step) ? Probe : null;
        double loss;
        using (probe?.Watch())
        {
            loss = Pass(input);
        }

        using var _ = no_grad();
        probe?.BeforeUpdate();
        Flat.Values.sub_(Flat.Gradients * rate);
        probe?.AfterUpdate(step, loss, rate);
    }

    /// <summary>Forward and backward.</summary>
    public double Pass(Tensor input)
    {
        using (no_grad())
        {
            Flat.ZeroGradients();
        }

        using var loss = _module.call(input).square().mean();
        loss.backward();
        return loss.ToDouble();
    }

    public void Dispose()
    {
        Probe.Dispose();
        Flat.Dispose();
        _module.Dispose();
    }
}
