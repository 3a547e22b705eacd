using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>Named layers, one after the other, some of them bridged by a skip connection: y = x + branch(x).</summary>
internal sealed class LayerStack() : Module<Tensor, Tensor>(nameof(LayerStack)), IResidualNetwork, IOnnxLayer
{
    private readonly List<(string Name, Module<Tensor, Tensor> Layer)> _layers = [];
    private readonly List<(int First, int Last, IReadOnlyList<string> Weights)> _branches = [];

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<string>> Branches => [.. _branches.Select(branch => branch.Weights)];

    /// <summary>How many layers there are so far.</summary>
    public int Count => _layers.Count;

    public void Add(string name, Module<Tensor, Tensor> layer)
    {
        register_module(name, layer);
        _layers.Add((name, layer));
    }

    /// <summary>Adds a skip connection around all layers from number <paramref name="first"/> to the last so far.</summary>
    /// <param name="first">The first layer of the branch; behind the last of the branch before.</param>
    /// <param name="weights">Names of the weight layers in the branch, in order.</param>
    public void Bridge(int first, IReadOnlyList<string> weights) => _branches.Add((first, _layers.Count - 1, weights));

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Along(input, (layer, x) => layer.Layer.call(x), (x, skip) => x + skip).MoveToOuterDisposeScope();
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input) =>
        Along(input, (layer, x) => OnnxRules.Export(layer.Layer, scope.In(layer.Name), x), (x, skip) => scope.Op("Add", [x, skip]));

    private T Along<T>(T input, Func<(string Name, Module<Tensor, Tensor> Layer), T, T> through, Func<T, T, T> join)
    {
        var x = input;
        var skip = input;
        var branch = 0;
        for (var i = 0; i < _layers.Count; i++)
        {
            if (branch < _branches.Count && _branches[branch].First == i)
            {
                skip = x;
            }

            x = through(_layers[i], x);
            if (branch < _branches.Count && _branches[branch].Last == i)
            {
                x = join(x, skip);
                branch++;
            }
        }

        return x;
    }
}
