using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// The trainable parameters of a network, or some of them, with their gradients: as segments with names and shapes, and as runs,
/// flat tensors that cover the same numbers in as few pieces as possible.
/// </summary>
/// <remarks>All tensors are views: changing one changes the network. They live as long as the fit and must not be disposed.</remarks>
public sealed class ParameterSet
{
    private readonly FlatParameters _flat;

    internal ParameterSet(FlatParameters flat, IReadOnlyList<ParameterSegment> segments)
    {
        _flat = flat;
        Segments = segments;
        var runs = Runs(segments);
        Values = [.. runs.Select(run => flat.Values.narrow(0, run.Start, run.Length).DetachFromDisposeScope())];
        Gradients = [.. runs.Select(run => flat.Gradients.narrow(0, run.Start, run.Length).DetachFromDisposeScope())];
    }

    /// <summary>The parameters one by one: name, value, gradient.</summary>
    public IReadOnlyList<ParameterSegment> Segments { get; }

    /// <summary>The values as flat, contiguous tensors.</summary>
    public IReadOnlyList<Tensor> Values { get; }

    /// <summary>The gradients as flat, contiguous tensors, parallel to <see cref="Values"/>.</summary>
    public IReadOnlyList<Tensor> Gradients { get; }

    /// <summary>The part whose names fit a pattern.</summary>
    /// <param name="pattern">A parameter or layer name; <c>*</c> stands for any characters, <c>?</c> for one.</param>
    /// <exception cref="ArgumentException">No parameter fits.</exception>
    public ParameterSet Where(string pattern) => Where(pattern, nameof(ParameterSet));

    internal ParameterSet Where(string pattern, string owner)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return _flat.Subset(new NamePattern(pattern).Choose(Segments, segment => segment.Name, owner));
    }

    /// <summary>‖g‖₂ over all gradients of the set; NaN or infinite when a gradient is. One device sync.</summary>
    public double GradientNorm()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        return GradientNormTensor().ToDouble();
    }

    /// <summary>Multiplies all gradients of the set by <paramref name="factor"/>.</summary>
    /// <param name="factor">The factor.</param>
    public void ScaleGradients(double factor)
    {
        using var _ = no_grad();
        foreach (var gradient in Gradients)
        {
            gradient.mul_(factor);
        }
    }

    internal Tensor GradientNormTensor() => Gradients.Count == 1
        ? Gradients[0].norm()
        : stack([.. Gradients.Select(gradient => gradient.norm())]).norm();

    internal void Release()
    {
        foreach (var tensor in Values.Concat(Gradients))
        {
            tensor.Dispose();
        }
    }

    private static List<(long Start, long Length)> Runs(IReadOnlyList<ParameterSegment> segments)
    {
        var runs = new List<(long Start, long Length)>();
        foreach (var segment in segments.OrderBy(segment => segment.Start))
        {
            if (runs.Count > 0 && runs[^1].Start + runs[^1].Length == segment.Start)
            {
                runs[^1] = (runs[^1].Start, runs[^1].Length + segment.Length);
            }
            else
            {
                runs.Add((segment.Start, segment.Length));
            }
        }

        return runs;
    }
}
