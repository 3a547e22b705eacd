using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>Builds modules from descriptions without a trace in the process-wide random state.</summary>
internal static class NetworkFactory
{
    /// <param name="network">The description.</param>
    /// <param name="inputSize">Features a row.</param>
    /// <param name="outputSize">Outputs a row.</param>
    /// <param name="seed">Seeds what layers draw while they are built.</param>
    /// <param name="random">What dropout draws from in training; null for a network that only scores.</param>
    public static Module<Tensor, Tensor> Build(Network network, int inputSize, int outputSize, int seed, Generator? random)
    {
        network.Shape?.Check(inputSize, "a row of the model");
        return Build(() => network.Build(inputSize, outputSize, random), seed);
    }

    /// <summary>As the other one, for rows that may hold keys.</summary>
    /// <param name="options">The options: network and embeddings.</param>
    /// <param name="inputs">How a row lies in memory.</param>
    /// <param name="outputSize">Outputs a row.</param>
    /// <param name="seed">Seeds what layers draw while they are built.</param>
    /// <param name="random">What dropout draws from in training; null for a network that only scores.</param>
    public static Module<Tensor, Tensor> Build(NeuralNetworkOptions options, InputLayout inputs, int outputSize, int seed, Generator? random)
    {
        options.Network.Shape?.Check(inputs.Numbers, "a row of the model");
        return Build(() => options.Network.Build(inputs, options.CategoricalEmbedding, outputSize, random), seed);
    }

    /// <summary>Fills the parameters by the initialiser's rule.</summary>
    /// <param name="module">The network.</param>
    /// <param name="options">The options, for the initialiser and the network's activation.</param>
    /// <param name="random">What weights are drawn from.</param>
    /// <param name="inputs">A batch of real rows, for rules that look at data; it is disposed if one does.</param>
    /// <param name="taken">Parameters that have their weights already, and keep them; null for none.</param>
    public static void Initialize(
        Module<Tensor, Tensor> module, NeuralNetworkOptions options, Generator random, Lazy<Tensor> inputs, IReadOnlySet<string>? taken = null)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var starts = OwnStarts(module);
        var parameters = module.named_parameters().Where(named => taken?.Contains(named.Item1) != true)
            .Select(named => new NetworkParameter(named.Item1, named.Item2, options.Network.ActivationBehind(NamePattern.LayerOf(named.Item1))) { Start = starts.GetValueOrDefault(named.Item1) ?? (options.Network.KeepsFirstWeights ? Keep : null) })
            .ToList();
        module.eval();

        // Kept out of whatever scope a rule asks for it in.
        var batch = new Lazy<Tensor>(() => inputs.Value.DetachFromDisposeScope());
        try
        {
            var initializer = taken is null ? options.Initializer : options.Initializer.Within(parameters) ?? Initializer.ByActivation();
            initializer.InitializeAll(new InitializationScope(parameters, random, module, batch));
        }
        finally
        {
            if (batch.IsValueCreated)
            {
                batch.Value.Dispose();
            }
        }
    }

    private static Module<Tensor, Tensor> Build(Func<Module<Tensor, Tensor>> build, int seed)
    {
        using var _ = new GlobalRandomScope(seed);
        using var scope = NewDisposeScope();
        var module = build();
        Detach(module);
        return module;
    }

    private static void Keep(Tensor parameter, Generator random)
    {
    }

    private static Dictionary<string, Action<Tensor, Generator>> OwnStarts(Module<Tensor, Tensor> module) =>
    (
        from owner in module.named_modules().DistinctBy(named => named.Item1)
        where owner.Item2 is IOwnStart
        from parameter in owner.Item2.named_parameters()
        select (Name: $"{owner.Item1}.{parameter.Item1}".TrimStart('.'), Start: ((IOwnStart)owner.Item2).StartOf(parameter.Item1)))
        .Where(start => start.Start is not null)
        .ToDictionary(start => start.Name, start => start.Start!);

    private static void Detach(Module<Tensor, Tensor> module)
    {
        // Older TorchSharp registers a module's tensors with the scope they were made in.
        foreach (var (_, parameter) in module.named_parameters())
        {
            parameter.DetachFromDisposeScope();
        }

        foreach (var (_, buffer) in module.named_buffers())
        {
            buffer.DetachFromDisposeScope();
        }
    }
}
