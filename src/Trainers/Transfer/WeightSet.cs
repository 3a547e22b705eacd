using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The parameters and buffers of a trained network by name, in CPU memory, with what came with them.</summary>
internal sealed class WeightSet : IDisposable
{
    /// <param name="source">What they were read from, for messages.</param>
    /// <param name="tensors">The tensors, which become this object's own.</param>
    /// <param name="scaling">How the network's inputs were scaled; null when that is not known.</param>
    /// <param name="labels">The classes of its outputs; null when there are none, or they are not known.</param>
    public WeightSet(string source, IEnumerable<(string Name, Tensor Value)> tensors, SourceScaling? scaling = null, IReadOnlyList<string>? labels = null)
    {
        Source = source;
        Tensors = tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Value.DetachFromDisposeScope());
        Scaling = scaling;
        Labels = labels;
    }

    /// <summary>What they were read from.</summary>
    public string Source { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>How the network's inputs were scaled; null when that is not known.</summary>
    public SourceScaling? Scaling { get; }

    /// <summary>The classes of its outputs; null when there are none, or they are not known.</summary>
    public IReadOnlyList<string>? Labels { get; }

    /// <summary>A hash of all names and numbers.</summary>
    public byte[] Hash()
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        using (var writer = new BinaryWriter(stream, Encoding.UTF8))
        {
            foreach (var (name, tensor) in Tensors.OrderBy(named => named.Key, StringComparer.Ordinal))
            {
                writer.Write(name);
                TensorFormat.Write(writer, tensor);
            }
        }

        return hash.Hash!;
    }

    public void Dispose()
    {
        foreach (var tensor in Tensors.Values)
        {
            tensor.Dispose();
        }
    }
}
