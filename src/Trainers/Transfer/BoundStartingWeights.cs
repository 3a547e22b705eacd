using System.Security.Cryptography;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary><see cref="StartingWeights"/> at work in one fit.</summary>
/// <param name="description">Which weights are taken.</param>
/// <param name="weights">The weights, which become this object's own.</param>
internal sealed class BoundStartingWeights(StartingWeights description, WeightSet weights) : IDisposable
{
    private SourceScaling? Scaling => description.KeepsInputScaling ? weights.Scaling : null;

    /// <summary>The options with the input scaling that the network was trained with, where it is kept.</summary>
    public NeuralNetworkOptions Adopt(NeuralNetworkOptions options) => Scaling is { } scaling ? options with { InputScaling = scaling.Description } : options;

    /// <summary>The input scaling to use; null for one of the rows' own, or none.</summary>
    /// <param name="features">Numbers of a row, keys not counted.</param>
    public FeatureScaling? ScalingFor(int features) => Scaling is { } scaling && scaling.Fits(features) ? scaling.Restore() : null;

    /// <summary>Puts the weights into a network, and says which.</summary>
    /// <param name="network">The network.</param>
    /// <param name="features">Numbers of a row, keys not counted.</param>
    /// <returns>The names of the parameters and buffers that were filled.</returns>
    /// <exception cref="ArgumentException">Names, shapes, types or numbers do not fit; the message lists them.</exception>
    public IReadOnlySet<string> Fill(nn.Module network, int features)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var match = new WeightMatch(description, weights, WeightFile.Tensors(network));
        if (Scaling is { } scaling && !scaling.Fits(features))
        {
            match.Add($"the input scaling is for {scaling.Centers.Count} features a row and these rows have {features}; scale them anew with WithNewScaling()");
        }

        return match.Fill();
    }

    /// <summary>What to warn of: a head that was trained for other classes; null for nothing.</summary>
    /// <param name="task">The task.</param>
    /// <param name="taken">The names that were filled.</param>
    public string? Doubt(LearningTask task, IReadOnlySet<string> taken)
    {
        if (weights.Labels is not { } old || task.Names is not { } names || !taken.Any(name => NamePattern.LayerOf(name) == Network.OutputLayer))
        {
            return null;
        }

        var now = Enumerable.Range(0, names.Count).Select(names.TextOf).ToList();
        return now.SequenceEqual(old)
            ? null
            : $"StartFrom: the output layer was trained for [{string.Join(", ", old)}] and is trained for [{string.Join(", ", now)}] now. To start it anew, add Except(\"output*\").";
    }

    /// <summary>Adds everything that the start depends on to a hash.</summary>
    public void AddTo(IncrementalHash hash)
    {
        hash.AppendData(weights.Hash());
        hash.AppendData(Descriptions.ToUtf8(new
        {
            description.Exceptions,
            Names = description.Names.Select(name => $"{name.From}\n{name.To}"),
            Scaling,
        }));
    }

    public void Dispose() => weights.Dispose();
}
