using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>What an initialiser works on: the parameters, a random generator, and, for rules that look at data, the network and a batch of real rows.</summary>
public sealed class InitializationScope
{
    private readonly Lazy<Tensor> _inputs;

    internal InitializationScope(IReadOnlyList<NetworkParameter> parameters, Generator random, nn.Module<Tensor, Tensor> network, Lazy<Tensor> inputs)
    {
        Parameters = parameters;
        Random = random;
        Network = network;
        _inputs = inputs;
    }

    /// <summary>The parameters to fill, in the order of the network's layers.</summary>
    public IReadOnlyList<NetworkParameter> Parameters { get; }

    /// <summary>The run's own generator for first weights.</summary>
    public Generator Random { get; }

    /// <summary>The network, in evaluation mode.</summary>
    public nn.Module<Tensor, Tensor> Network { get; }

    /// <summary>The features of the first batch of training rows, <c>[rows, features]</c>; read when first asked for.</summary>
    public Tensor Inputs => _inputs.Value;

    /// <summary>The same scope with some of its parameters.</summary>
    /// <param name="parameters">The parameters that the inner rule fills.</param>
    public InitializationScope With(IReadOnlyList<NetworkParameter> parameters) => new(parameters, Random, Network, _inputs);

    /// <summary>Lets layers that keep their weight in another form, such as weight normalisation, take up what was filled in.</summary>
    internal void Settle()
    {
        var filled = Parameters.Where(parameter => parameter.IsWeight).Select(parameter => parameter.Layer).ToHashSet();
        foreach (var (name, module) in Network.named_modules())
        {
            if (module is IReparameterized layer && filled.Contains(name))
            {
                layer.Settle();
            }
        }
    }
}
