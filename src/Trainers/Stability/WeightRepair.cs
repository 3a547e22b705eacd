using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Draws weights anew that cannot be trained from.</summary>
internal static class WeightRepair
{
    /// <summary>Looks whether the signal of the first batch gets through the network, and if not, starts it by the default initialiser where that helps.</summary>
    /// <param name="network">The network with its first weights.</param>
    /// <param name="options">The options it was initialised by.</param>
    /// <param name="features">A batch of rows.</param>
    /// <param name="initialize">Initialises the network by given options.</param>
    /// <returns>What was found and done; null when all is well.</returns>
    public static Incident? Apply(
        nn.Module<Tensor, Tensor> network, NeuralNetworkOptions options, Tensor features, Action<NeuralNetworkOptions> initialize)
    {
        if (options.Stability is not { RepairInitialWeights: true } || SignalCheck.FirstBreak(network, features) is not { } found)
        {
            return null;
        }

        var standard = options with { Initializer = new NeuralNetworkOptions().Initializer };
        using var given = new StateSnapshot();
        given.Capture(state => Exchange(network, state));
        initialize(standard);
        var helped = SignalCheck.FirstBreak(network, features) is null;
        if (!helped)
        {
            given.Restore(state => Exchange(network, state));
        }

        return Incident.OfStart(found.Layer, found.Ratio, helped);
    }

    private static void Exchange(nn.Module network, RunState state)
    {
        foreach (var (name, parameter) in network.named_parameters())
        {
            state.Exchange(name, parameter);
        }

        foreach (var (name, buffer) in network.named_buffers())
        {
            state.Exchange(name, buffer);
        }
    }
}
