using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>Puts a learned vector in the place of each key: <c>[rows, numbers + keys]</c> becomes <c>[rows, numbers + sizes of the embeddings]</c>.</summary>
internal sealed class KeyEmbedding : Module<Tensor, Tensor>, IInputEncoder, IOnnxLayer
{
    /// <summary>The name of this module within a network.</summary>
    public const string ModuleName = "embedding";
    private readonly List<(string Name, EmbeddingTable Table)> _tables = [];

    public KeyEmbedding(InputLayout inputs, CategoricalEmbedding embedding)
        : base(nameof(KeyEmbedding))
    {
        Numbers = inputs.Numbers;
        foreach (var slot in inputs.Keys)
        {
            var table = new EmbeddingTable(slot.Values, embedding.SizeFor(slot.Values));
            register_module(slot.Name, table);
            _tables.Add((slot.Name, table));
        }
    }

    public int Numbers { get; }

    /// <summary>Numbers of a row for a network behind it.</summary>
    public static int WidthFor(InputLayout inputs, CategoricalEmbedding embedding) => checked(inputs.Numbers + inputs.Keys.Sum(slot => embedding.SizeFor(slot.Values)));

    /// <summary>Puts it in front of a network, as one of its modules; the network's own parameters keep their names.</summary>
    /// <param name="network">The network, which takes it over.</param>
    /// <param name="owner">How messages call the network.</param>
    /// <exception cref="ArgumentException">The network cannot take up a module of this name.</exception>
    public void PutBefore(Module<Tensor, Tensor> network, string owner)
    {
        if (network.named_children().Any(child => child.Item1 == ModuleName))
        {
            throw new ArgumentException($"{owner}: the module must have no part named \"{ModuleName}\" beside key columns, whose embeddings take that name; it has one. Rename it.");
        }

        network.register_module(ModuleName, this);
        if (!network.named_parameters().Any(named => named.name.StartsWith($"{ModuleName}.", StringComparison.Ordinal)))
        {
            throw new ArgumentException($"{owner}: the module must list modules that are registered with it, so that embeddings of key columns can be trained; {network.GetType().Name} does not. Wrap it in a Module<Tensor, Tensor> of your own.");
        }

        // A hook and no wrapper: the network stays the module that initialisers, rules and files know.
        network.register_forward_pre_hook((_, input) => call(input));
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return cat([input.narrow(1, 0, Numbers), .. _tables.Select((slot, i) => slot.Table.call(input.select(1, Numbers + i)))], 1).MoveToOuterDisposeScope();
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input)
    {
        var vectors = _tables.Select((slot, i) => slot.Table.Export(scope.In(slot.Name), scope.Select(input, 1, Numbers + i)));
        return scope.Concat(Numbers > 0 ? [scope.Slice(input, 1, 0, Numbers), .. vectors] : [.. vectors], 1);
    }
}
