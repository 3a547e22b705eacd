using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Finds which tensors of a network are filled by which of a source, and everything that does not fit.</summary>
internal sealed class WeightMatch
{
    private const int MostListed = 40;

    // Of batch norms of torch, which count batches and, with a fixed momentum, never use the count.
    private const string Counter = "num_batches_tracked";
    private readonly WeightSet _weights;
    private readonly List<string> _faults = [];
    private readonly List<(string Name, Tensor Target, Tensor Source)> _pairs = [];

    /// <param name="description">Which are taken, under which names.</param>
    /// <param name="weights">The source.</param>
    /// <param name="network">The network's parameters and buffers.</param>
    public WeightMatch(StartingWeights description, WeightSet weights, IReadOnlyList<(string Name, Tensor Value)> network)
    {
        _weights = weights;
        var source = Renamed(description.Names);
        var patterns = description.Exceptions.Select(text => new NamePattern(text)).ToList();
        List<string> all = [.. network.Select(tensor => tensor.Name).Union(source.Keys)];
        _faults.AddRange(patterns.Where(pattern => !all.Exists(pattern.Fits)).Select(pattern => pattern.FitsNone(all, "StartingWeights.Except")));
        Compare(
            [.. network.Where(tensor => !patterns.Exists(pattern => pattern.Fits(tensor.Name)))],
            source.Where(tensor => !patterns.Exists(pattern => pattern.Fits(tensor.Key))).ToDictionary());
    }

    /// <summary>Notes something more that does not fit.</summary>
    public void Add(string fault) => _faults.Add(fault);

    /// <summary>Copies, and names what was filled.</summary>
    /// <exception cref="ArgumentException">Something does not fit; nothing was copied.</exception>
    public IReadOnlySet<string> Fill()
    {
        if (_faults.Count > 0)
        {
            throw new ArgumentException(
                $"StartFrom: the weights of {_weights.Source} must fit the network, and do not:{string.Concat(_faults.Select(fault => $"{Environment.NewLine}- {fault}"))}{Environment.NewLine}For a new label set, leave the head out with Except(\"output*\"); give a layer its name in the network with Rename(\"fc\", \"output\"); otherwise describe the network as it was trained.");
        }

        foreach (var (_, target, source) in _pairs)
        {
            target.copy_(source);
        }

        return _pairs.Select(pair => pair.Name).ToHashSet();
    }

    private static string Shape(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";

    private static bool IsFinite(Tensor tensor) => tensor.numel() == 0 || tensor.to(ScalarType.Float32).isfinite().to(ScalarType.Float32).min().ToDouble() > 0;

    private static bool IsWithin(string name, string layer) => name == layer || name.StartsWith($"{layer}.", StringComparison.Ordinal);

    private static bool IsCounter(string name) => name == Counter || name.EndsWith($".{Counter}", StringComparison.Ordinal);

    private Dictionary<string, Tensor> Renamed(IReadOnlyList<(string From, string To)> names)
    {
        var tensors = _weights.Tensors.ToDictionary();
        foreach (var (from, to) in names)
        {
            var found = tensors.Keys.Where(name => IsWithin(name, from)).ToList();
            if (found.Count == 0)
            {
                _faults.Add($"StartingWeights.Rename: from must be the name of a tensor or layer of the source; \"{from}\" is none of {string.Join(", ", tensors.Keys)}");
            }

            foreach (var name in found)
            {
                var renamed = to + name[from.Length..];
                tensors.Remove(name, out var tensor);
                if (!tensors.TryAdd(renamed, tensor!))
                {
                    _faults.Add($"StartingWeights.Rename: {name} cannot become {renamed}, which the source has already");
                }
            }
        }

        return tensors;
    }

    private void Compare(IReadOnlyList<(string Name, Tensor Value)> network, Dictionary<string, Tensor> source)
    {
        var (missing, shapes, types, broken) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        foreach (var (name, target) in network)
        {
            if (!source.Remove(name, out var tensor))
            {
                missing.AddRange(IsCounter(name) ? [] : [$"{name} {Shape(target)}"]);
            }
            else if (!target.shape.AsSpan().SequenceEqual(tensor.shape))
            {
                shapes.AddRange(IsCounter(name) ? [] : [$"{name} must be {Shape(target)} and is {Shape(tensor)}"]);
            }
            else if (target.is_floating_point() != tensor.is_floating_point())
            {
                types.Add($"{name} must be of type {target.dtype} and is of {tensor.dtype}");
            }
            else if (tensor.is_floating_point() && !IsFinite(tensor))
            {
                broken.Add(name);
            }
            else
            {
                _pairs.Add((name, target, tensor));
            }
        }

        Note("missing in the source", missing);
        Note("not in the network", [.. source.Where(tensor => !IsCounter(tensor.Key)).Select(tensor => $"{tensor.Key} {Shape(tensor.Value)}")]);
        Note("of another shape", shapes);
        Note("of another type", types);
        Note("not finite", broken);
    }

    private void Note(string what, List<string> tensors)
    {
        if (tensors.Count > 0)
        {
            var more = tensors.Count > MostListed ? $" and {tensors.Count - MostListed} more" : string.Empty;
            _faults.Add($"{what}: {string.Join(", ", tensors.Take(MostListed))}{more}");
        }
    }
}
