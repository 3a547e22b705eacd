using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>A network built and initialised as a fit does it, and weights of any shape filled by a rule.</summary>
internal sealed class TestNetwork : IDisposable
{
    private readonly Generator _dropout = new(1);

    public TestNetwork(Network network, int inputs, int outputs, Initializer? initializer = null, ulong seed = 1, Tensor? batch = null)
    {
        Module = NetworkFactory.Build(network, inputs, outputs, (int)seed, _dropout);
        using var random = new Generator(seed);
        var options = new NeuralNetworkOptions { Network = network, Initializer = initializer ?? Initializer.ByActivation() };
        NetworkFactory.Initialize(Module, options, random, new(() => batch?.alias() ?? throw new InvalidOperationException("The rule must not ask for data.")));
    }

    public nn.Module<Tensor, Tensor> Module { get; }

    /// <summary>All parameters by name.</summary>
    public Dictionary<string, Tensor> Parameters => Module.named_parameters().ToDictionary(named => named.Item1, named => (Tensor)named.Item2);

    /// <summary>All numbers of all parameters, in order.</summary>
    public double[] Numbers => [.. Module.parameters().SelectMany(parameter => Support.ToArray(parameter))];

    public double[] this[string name] => Parameters[name].ToArray();

    /// <summary>A weight filled by a rule, with an activation behind it.</summary>
    public static Tensor Fill(Initializer initializer, long[] shape, ulong seed = 1, Activation? activation = null)
    {
        var weight = full(shape, float.NaN);
        using var random = new Generator(seed);
        using var module = nn.Identity();
        using var _ = no_grad();
        initializer.InitializeAll(new InitializationScope([new NetworkParameter("hidden0.weight", weight, activation ?? Activation.Relu())], random, module, new(() => zeros(1))));
        return weight;
    }

    /// <summary>The first rows of the digits, raw, 64 numbers each.</summary>
    public static Tensor Digits(int rows) => tensor(
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv")).Skip(1).Take(rows)
            .SelectMany(line => line.Split(',').Take(64).Select(text => float.Parse(text, System.Globalization.CultureInfo.InvariantCulture)))
            .ToArray()).view(rows, 64);

    public void Dispose()
    {
        Module.Dispose();
        _dropout.Dispose();
    }
}
