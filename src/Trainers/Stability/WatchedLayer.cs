using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>One layer of a network under a <see cref="NetworkProbe"/>, with what is known of its last output.</summary>
/// <param name="name">The layer's name.</param>
/// <param name="module">The layer.</param>
/// <param name="segments">The numbers of its parameters' segments; none for an activation.</param>
internal sealed class WatchedLayer(string name, nn.Module module, IReadOnlyList<int> segments)
{
    /// <summary>So many rows must have left a unit unmoved before it counts as dead: a unit that fires for 2 % of the rows passes with 99.4 % certainty.</summary>
    public const int RowsToDie = 256;
    private long _rowsWatched;
    private long[] _silentRows = [];

    public string Name => name;

    public IReadOnlyList<int> Segments => segments;

    /// <summary>Middle and half width of the range of an activation that saturates.</summary>
    public (double Middle, double Half)? Range { get; } = module switch
    {
        Tanh => (0, 1),
        Sigmoid => (0.5, 0.5),
        _ => null,
    };

    /// <summary>Whether units may die: those of other activations.</summary>
    public bool CanDie => segments.Count == 0 && Range is null;

    public double Mean { get; private set; } = double.NaN;

    public double Deviation { get; private set; } = double.NaN;

    public double DeadShare { get; private set; } = double.NaN;

    /// <summary>Whether a module is a nonlinearity whose units may die or saturate.</summary>
    public static bool IsActivation(nn.Module module) =>
        module is ReLU or LeakyReLU or Tanh or Sigmoid or GELU or SiLU or Mish or ELU or SELU or CELU or ReLU6 or Hardswish;

    /// <summary>Hands the layer's outputs over from now on; call the result to stop. Null for a layer that does not lead from tensor to tensor.</summary>
    public Action? Listen(Action<WatchedLayer, Tensor> receiver)
    {
        if (module is not nn.Module<Tensor, Tensor> layer)
        {
            return null;
        }

        var hook = layer.register_forward_hook((_, _, output) =>
        {
            receiver(this, output);
            return output;
        });
        return hook.remove;
    }

    /// <summary>Takes in what was measured of an output: mean, root mean square, then the saturated share, or the highest and the lowest output of each unit.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="rows">Rows of the output.</param>
    /// <param name="remember">Whether these rows count for the rows that units were silent for.</param>
    public void Take(ReadOnlySpan<float> numbers, long rows, bool remember)
    {
        Mean = numbers[0];
        Deviation = numbers[1] < float.MaxValue ? Math.Sqrt(Math.Max(0, ((double)numbers[1] * numbers[1]) - (Mean * Mean))) : numbers[1];
        var rest = numbers[2..];
        DeadShare = Range is not null ? rest[0] : CanDie && rest.Length > 0 ? Dead(rest[..(rest.Length / 2)], rest[(rest.Length / 2)..], rows, remember) : double.NaN;
    }

    public void Forget() => (Mean, Deviation, DeadShare) = (double.NaN, double.NaN, double.NaN);

    public void Exchange(RunState state)
    {
        var silent = _silentRows.Select(rows => (double)rows).ToList();
        state.Exchange("rowsWatched", ref _rowsWatched);
        state.Exchange("silentRows", silent);
        _silentRows = [.. silent.Select(rows => (long)rows)];
    }

    private double Dead(ReadOnlySpan<float> highest, ReadOnlySpan<float> lowest, long rows, bool remember)
    {
        if (_silentRows.Length != highest.Length)
        {
            _silentRows = new long[highest.Length];
        }

        var watched = _rowsWatched + rows;
        var dead = 0;
        for (var i = 0; i < highest.Length; i++)
        {
            // A single row shows nothing but whether its output is 0.
            var silent = highest[i] == lowest[i] && (rows > 1 || highest[i] == 0) ? _silentRows[i] + rows : 0;
            dead += silent >= Math.Min(RowsToDie, watched) ? 1 : 0;
            _silentRows[i] = remember ? silent : _silentRows[i];
        }

        _rowsWatched = remember ? watched : _rowsWatched;
        return (double)dead / highest.Length;
    }
}
