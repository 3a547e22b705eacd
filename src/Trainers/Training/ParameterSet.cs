using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// The trainable parameters of a network, or some of them, with their gradients: as segments with names and shapes, and as runs,
/// flat tensors that cover the same numbers in as few pieces as possible.
/// </summary>
/// <remarks>All tensors are views: changing one changes the network. They live as long as the fit, or the set made by <see cref="Of"/>, and must not be disposed.</remarks>
public sealed class ParameterSet : IDisposable
{
    private readonly FlatParameters _flat;
    private bool _ownsStorage;

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

    /// <summary>
    /// The trainable parameters of a module of your own, for a training loop of your own that uses the library's transforms and penalties. Their
    /// values and gradients are moved into two flat tensors; the module, its names and <c>torch.optim</c> work on as before.
    /// </summary>
    /// <param name="module">The module; its parameters are of type Float32. It stays yours, and usable after the set is disposed.</param>
    /// <returns>A set to be disposed after the training, and after what was bound to it. Parameters that need no gradient are not in it.</returns>
    /// <remarks>
    /// Zero the gradients with <see cref="ZeroGradients"/> or <c>optimizer.zero_grad()</c>, never with <c>module.zero_grad()</c>, which takes them
    /// away; and neither move nor convert the module while the set is in use.
    /// </remarks>
    /// <exception cref="ArgumentException">The module has no trainable parameter, or one that is not of type Float32.</exception>
    public static ParameterSet Of(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (!module.parameters().Any(parameter => parameter.requires_grad))
        {
            throw new ArgumentException("ParameterSet.Of: module must have a trainable parameter; it has none. Give a module whose parameters require gradients.", nameof(module));
        }

        var all = new FlatParameters(module).All;
        all._ownsStorage = true;
        return all;
    }

    /// <summary>Where they are.</summary>
    internal Device Device => _flat.Values.device;

    /// <summary>The part whose names fit a pattern.</summary>
    /// <param name="pattern">A parameter or layer name; <c>*</c> stands for any characters, <c>?</c> for one.</param>
    /// <returns>The part; an empty one where the pattern fits only parameters that are frozen until a later epoch.</returns>
    /// <exception cref="ArgumentException">No parameter fits.</exception>
    public ParameterSet Where(string pattern) => Where(pattern, nameof(ParameterSet));

    internal ParameterSet Where(string pattern, string owner)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var names = new NamePattern(pattern);
        return !Segments.Any(Fits) && _flat.All.Segments.Any(segment => Fits(segment) && !_flat.IsTrained(segment))
            ? _flat.Subset([])
            : _flat.Subset(names.Choose(Segments, segment => segment.Name, owner));

        bool Fits(ParameterSegment segment) => names.Fits(segment.Name);
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

    /// <summary>Sets all gradients of the set to 0, in place.</summary>
    public void ZeroGradients()
    {
        foreach (var gradient in Gradients)
        {
            gradient.zero_();
        }
    }

    /// <summary>Frees the flat tensors of a set made by <see cref="Of"/>, its parts included. Disposing any other set does nothing: it belongs to its fit.</summary>
    public void Dispose()
    {
        if (_ownsStorage)
        {
            _ownsStorage = false;
            _flat.Dispose();
        }
    }

    internal Tensor GradientNormTensor() => Gradients.Count switch
    {
        0 => _flat.Gradients.sum().zero_(),
        1 => Gradients[0].norm(),
        _ => stack([.. Gradients.Select(gradient => gradient.norm())]).norm(),
    };

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
