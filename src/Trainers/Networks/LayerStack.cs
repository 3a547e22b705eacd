using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>Named layers, one after the other, some of them bridged by a skip connection: y = x + branch(x).</summary>
internal sealed class LayerStack() : Module<Tensor, Tensor>(nameof(LayerStack)), IResidualNetwork
{
    private readonly List<Module<Tensor, Tensor>> _layers = [];
    private readonly List<(int First, int Last, IReadOnlyList<string> Weights)> _branches = [];

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<string>> Branches => [.. _branches.Select(branch => branch.Weights)];

    /// <summary>How many layers there are so far.</summary>
    public int Count => _layers.Count;

    public void Add(string name, Module<Tensor, Tensor> layer)
    {
        register_module(name, layer);
        _layers.Add(layer);
    }

    /// <summary>Adds a skip connection around all layers from number <paramref name="first"/> to the last so far.</summary>
    /// <param name="first">The first layer of the branch; behind the last of the branch before.</param>
    /// <param name="weights">Names of the weight layers in the branch, in order.</param>
    public void Bridge(int first, IReadOnlyList<string> weights) => _branches.Add((first, _layers.Count - 1, weights));

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = input;
        var skip = input;
        var branch = 0;
        for (var i = 0; i < _layers.Count; i++)
        {
            if (branch < _branches.Count && _branches[branch].First == i)
            {
                skip = x;
            }

            x = _layers[i].call(x);
            if (branch < _branches.Count && _branches[branch].Last == i)
            {
                x += skip;
                branch++;
            }
        }

        return x.MoveToOuterDisposeScope();
    }
}
