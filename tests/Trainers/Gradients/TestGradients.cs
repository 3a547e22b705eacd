using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>Parameters of chosen names and shapes whose gradients a test sets by hand.</summary>
internal sealed class TestGradients : IDisposable
{
    private readonly Layer _root = new();
    private readonly Generator _random = new(7);
    private long _step;

    private TestGradients(IEnumerable<(string Name, long[] Shape, double[] Value)> parameters)
    {
        var layers = new Dictionary<string, Layer>();
        foreach (var (name, shape, value) in parameters)
        {
            var (layer, parameter) = name.Split('.') is [var first, var second] ? (first, second) : throw new ArgumentException(name);
            if (!layers.TryGetValue(layer, out var parent))
            {
                layers[layer] = parent = new Layer();
                _root.register_module(layer, parent);
            }

            using var tensor = torch.tensor(value, shape, ScalarType.Float32);
            parent.register_parameter(parameter, new Parameter(tensor.clone()));
        }

        Parameters = ParameterSet.Of(_root);
    }

    public ParameterSet Parameters { get; }

    /// <summary>A hidden layer of weights <c>[3, 4]</c> and biases, and an output layer of <c>[2, 3]</c>.</summary>
    public static TestGradients TwoLayers() => new(
    [
        ("hidden.weight", [3, 4], [.. Enumerable.Range(0, 12).Select(i => (i % 5) - 2.0)]),
        ("hidden.bias", [3], [0.5, 0, -0.5]),
        ("output.weight", [2, 3], [1, 0, -1, 2, 0, 0]),
        ("output.bias", [2], [0, 0.25]),
    ]);

    /// <summary>One parameter, <c>line.weight</c>, of shape <c>[1, n]</c> and value 0.</summary>
    public static TestGradients Line(int length) => new([("line.weight", [1, length], new double[length])]);

    /// <summary>A network of a reference file: name, shape and value of each parameter.</summary>
    public static TestGradients Of(JsonElement network) => new(network.EnumerateArray().Select(parameter => (
        parameter.GetProperty("name").GetString()!,
        parameter.GetProperty("shape").Numbers().Select(size => (long)size).ToArray(),
        parameter.GetProperty("value").Numbers())));

    /// <summary>The gradients, parameter by parameter in the order of the storage.</summary>
    public double[][] Read() => [.. Parameters.Segments.Select(segment => segment.Gradient.ToArray())];

    public double[] Read(string name) => Parameters.Segments.Single(segment => segment.Name == name).Gradient.ToArray();

    public void Set(string name, params double[] gradient)
    {
        var segment = Parameters.Segments.Single(segment => segment.Name == name);
        using var values = tensor(gradient, segment.Gradient.shape, ScalarType.Float32);
        segment.Gradient.copy_(values);
    }

    /// <summary>Sets all gradients to the same list, flat.</summary>
    public void Set(params double[] gradients)
    {
        var start = 0;
        foreach (var segment in Parameters.Segments)
        {
            var length = (int)segment.Gradient.numel();
            Set(segment.Name, gradients[start..(start + length)]);
            start += length;
        }
    }

    /// <summary>Sets gradients that depend on the seed alone, some of them 0.</summary>
    public void Draw(int seed, double scale = 1)
    {
        var random = new Random(seed);
        Set([.. Enumerable.Range(0, (int)Parameters.Segments.Sum(segment => segment.Gradient.numel()))
            .Select(_ => random.Next(4) == 0 ? 0 : scale * (random.NextDouble() - 0.5))]);
    }

    /// <summary>The next step of a training loop, with nothing measured yet.</summary>
    public GradientStep Next() => new(Parameters, _step++, _random);

    /// <summary>One step with the gradients as they are: what a fresh transform makes of them.</summary>
    public double[][] Apply(GradientTransform transform)
    {
        using var bound = transform.Bind(Parameters);
        bound.Apply(Next());
        return Read();
    }

    public double Norm() => Parameters.GradientNorm();

    public void Dispose()
    {
        Parameters.Dispose();
        _root.Dispose();
        _random.Dispose();
    }

    private sealed class Layer() : nn.Module<Tensor, Tensor>("layer")
    {
        public override Tensor forward(Tensor input) => input.alias();
    }
}
