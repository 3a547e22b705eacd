using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Whether the differences between rows reach the end of a network as it is initialised, neither grown nor shrunk beyond use.</summary>
internal static class SignalCheck
{
    // Gradients change by as much again on their way back. Small signals can be raised by training, at first by Adam's steps; large ones explode before.
    private const double MostGrowth = 100;
    private const double MostShrinkage = 1000;
    private static readonly string[] RunningStatistics = ["running_mean", "running_var"];

    /// <summary>The first layer whose input varies between the rows a hundred times more, or a thousand times less, than the network's own input; null when all is well.</summary>
    /// <param name="network">The network; modes and running statistics are left as they were.</param>
    /// <param name="features">A batch of rows, two at least: <c>[rows, features]</c>.</param>
    public static (string Layer, double Ratio)? FirstBreak(nn.Module<Tensor, Tensor> network, Tensor features)
    {
        if (features.shape[0] < 2)
        {
            return null;
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var kept = new KeptStatistics(network);
        var training = network.modules().Where(module => module.training).ToList();
        var names = new List<string>();
        var spreads = new List<double>();
        try
        {
            // Without dropout, but normalised by the batch's own statistics, as in training.
            network.eval();
            foreach (var module in network.modules().Where(module => module.named_buffers(recurse: false).Any(named => RunningStatistics.Contains(named.Item1))))
            {
                module.train();
            }

            Measure(network, features, names, spreads);
        }
        finally
        {
            training.ForEach(module => module.train());
        }

        var own = SpreadBehindEncoder(network, features);
        var broken = spreads.FindIndex(spread => !(spread / own is > 1 / MostShrinkage and < MostGrowth));
        return broken < 0 ? null : (names[broken], spreads[broken] / own);
    }

    /// <summary>Runs the rows through the network and records how far the inputs of each layer with weights lie apart.</summary>
    private static void Measure(nn.Module<Tensor, Tensor> network, Tensor features, List<string> names, List<double> spreads)
    {
        var hooks = new List<Action>();
        try
        {
            // The size of a key, which tables of embeddings take, means nothing.
            foreach (var (name, module) in network.named_modules().DistinctBy(named => named.Item1))
            {
                if (module is not (EmbeddingTable or IInputEncoder) && module is nn.Module<Tensor, Tensor> layer && layer.named_parameters(recurse: false).Any(named => named.parameter.dim() > 1))
                {
                    var hook = layer.register_forward_pre_hook((_, input) =>
                    {
                        names.Add(name);
                        spreads.Add(Spread(input));
                        return input;
                    });
                    hooks.Add(hook.remove);
                }
            }

            network.call(features.alias());
        }
        finally
        {
            hooks.ForEach(remove => remove());
        }
    }

    /// <summary>How far the rows lie apart where keys have become vectors; as they came where there are none.</summary>
    private static double SpreadBehindEncoder(nn.Module<Tensor, Tensor> network, Tensor features)
    {
        using var scope = NewDisposeScope();
        return Spread(network.modules().FirstOrDefault(module => module is IInputEncoder) is nn.Module<Tensor, Tensor> encoder ? encoder.call(features) : features);
    }

    /// <summary>Standard deviation over the rows, root mean square over the units.</summary>
    private static double Spread(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.reshape(values.shape[0], -1).to(ScalarType.Float64).std(0, unbiased: false).square().mean().sqrt().ToDouble();
    }
}
