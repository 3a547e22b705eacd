using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Measures the outputs of watched layers on the device. Small outputs of one shape are gathered and measured together, for the fewer kernels.</summary>
internal sealed class OutputMeasurement : IDisposable
{
    // Numbers of an output up to which a copy costs less than the kernels it saves, and never matters in memory.
    private const long Small = 1 << 16;

    // Beyond 97 % of the way from the middle of its range to a bound, tanh and sigmoid have less than 6 % of their greatest slope.
    private const double Saturation = 0.97;
    private readonly HashSet<WatchedLayer> _seen = [];
    private readonly List<(WatchedLayer Layer, Tensor Output)> _kept = [];
    private readonly List<(IReadOnlyList<WatchedLayer> Layers, long Rows, Tensor Numbers)> _measured = [];

    /// <summary>Takes an output in. Of several micro-batches, or of a layer used twice, the first output counts.</summary>
    public void Add(WatchedLayer layer, Tensor output)
    {
        if (output.dim() == 0 || output.numel() == 0 || !_seen.Add(layer))
        {
            return;
        }

        using var _ = no_grad();
        using var scope = NewDisposeScope();
        if (output.numel() > Small)
        {
            Measure([layer], output.unsqueeze(0));
        }
        else
        {
            _kept.Add((layer, output.detach().DetachFromDisposeScope()));
        }
    }

    /// <summary>Ends the measuring.</summary>
    /// <returns>What was measured, as flat tensors of Float32.</returns>
    public IEnumerable<Tensor> Finish()
    {
        foreach (var group in _kept.GroupBy(kept => (string.Join(',', kept.Output.shape), kept.Output.dtype, kept.Layer.Range, kept.Layer.CanDie)))
        {
            Measure([.. group.Select(kept => kept.Layer)], stack(group.Select(kept => kept.Output)));
        }

        return _measured.Select(measured => measured.Numbers.flatten());
    }

    /// <summary>Hands the numbers of <see cref="Finish"/> to their layers.</summary>
    public void Read(ReadOnlySpan<float> numbers, bool remember)
    {
        foreach (var (layers, rows, tensor) in _measured)
        {
            var length = (int)(tensor.numel() / layers.Count);
            foreach (var layer in layers)
            {
                layer.Take(numbers[..length], rows, remember);
                numbers = numbers[length..];
            }
        }
    }

    public void Dispose()
    {
        _kept.ForEach(kept => kept.Output.Dispose());
        _measured.ForEach(measured => measured.Numbers.Dispose());
    }

    /// <param name="layers">The layers.</param>
    /// <param name="outputs"><c>[layers, rows, units, …]</c>.</param>
    private void Measure(IReadOnlyList<WatchedLayer> layers, Tensor outputs)
    {
        var y = outputs.to(ScalarType.Float32);
        var flat = y.flatten(1);
        var numbers = new List<Tensor> { flat.mean([1], keepdim: true), flat.norm(1, keepdim: true).div_(Math.Sqrt(flat.shape[1])) };
        if (layers[0].Range is var (middle, half))
        {
            numbers.Add((flat - middle).abs().gt(Saturation * half).to(ScalarType.Float32).mean([1], keepdim: true));
        }
        else if (layers[0].CanDie && y.dim() > 2)
        {
            // A unit of [layers, rows, units, …] is a column or a feature map.
            var others = Enumerable.Range(1, (int)y.dim() - 1).Where(dimension => dimension != 2).Select(dimension => (long)dimension).ToArray();
            numbers.Add(y.amax(others));
            numbers.Add(y.amin(others));
        }

        _measured.Add((layers, y.shape[1], cat(numbers, 1).DetachFromDisposeScope()));
    }
}
