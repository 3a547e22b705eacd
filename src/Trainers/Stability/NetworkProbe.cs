using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// Looks at a network every few steps of its training, layer by layer: gradients, weights, updates, outputs, dead units. Between these steps it costs
/// nothing; at one of them it waits for the device once.
/// </summary>
/// <remarks>
/// The interval doubles, and every second sample goes, when there are more than <see cref="MostSamples"/>. Around a step that is <see cref="Due"/>:
/// <c>using (probe.Watch()) { forward and backward }</c>, <c>BeforeUpdate()</c>, the update, <c>AfterUpdate(…)</c>. A step that is not finite must not come to
/// the latter two.
/// </remarks>
internal sealed class NetworkProbe : IDisposable
{
    public const int MostSamples = 200;
    private const string Root = "network";
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly FlatParameters _flat;
    private readonly SegmentLayout _layout;
    private readonly List<WatchedLayer> _layers = [];
    private readonly List<NetworkSample> _samples = [];
    private long _every;
    private WatchedInput _input = new();
    private OutputMeasurement _outputs = new();
    private Tensor? _gradientNorms;
    private Tensor? _before;

    /// <param name="network">The network.</param>
    /// <param name="flat">Its parameters.</param>
    /// <param name="every">Steps from one sample to the next, at first.</param>
    public NetworkProbe(nn.Module<Tensor, Tensor> network, FlatParameters flat, int every)
    {
        _network = network;
        _flat = flat;
        _every = every;
        _layout = new SegmentLayout(flat.All.Segments);
        var segments = flat.All.Segments.Select((segment, i) => (Index: i, Layer: LayerOf(segment.Name))).ToLookup(pair => pair.Layer, pair => pair.Index);
        AddLayers(network, string.Empty, segments);
    }

    /// <summary>The samples, oldest first.</summary>
    public IReadOnlyList<NetworkSample> Samples => _samples;

    /// <summary>Whether a step is to be sampled.</summary>
    public bool Due(long step) => step % _every == 0;

    /// <summary>Measures input and outputs of the layers until it is disposed.</summary>
    public IDisposable Watch()
    {
        Discard();
        return new Watching([.. _layers.Select(layer => layer.Listen(_outputs.Add)).OfType<Action>(), _input.Listen(_network)]);
    }

    /// <summary>Measures the gradients, and keeps the weights until after the update.</summary>
    public void BeforeUpdate()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        _gradientNorms = _layout.Norms(_flat.Gradients).DetachFromDisposeScope();
        _before = _flat.Values.clone().DetachFromDisposeScope();
    }

    /// <summary>Measures the update and adds a sample. Without <see cref="BeforeUpdate"/> it does nothing.</summary>
    public void AfterUpdate(long step, double loss, double rate)
    {
        if (_gradientNorms is null || _before is null)
        {
            return;
        }

        using (no_grad())
        {
            using var scope = NewDisposeScope();
            var (norm, layers, largest, typical) = Read(remember: true, _gradientNorms, _layout.Norms(_before), _layout.Norms(_flat.Values - _before));
            _samples.Add(new NetworkSample(step, loss, rate, norm, layers) { LargestInput = largest, TypicalInput = typical });
        }

        Discard();
        if (_samples.Count > MostSamples)
        {
            _every *= 2;
            _samples.RemoveAll(sample => !Due(sample.Step));
        }
    }

    /// <summary>Looks at the layers over one batch, to name the one where an explosion starts. The gradients are the batch's afterwards. One wait for the device more than the pass.</summary>
    /// <param name="pass">The forward and backward pass over the batch.</param>
    /// <param name="ranks">The processes that share the batch: the worst that any of them sees counts; null for this one alone.</param>
    public LayerHealth Look(Action pass, ICollective? ranks = null)
    {
        using (Watch())
        {
            pass();
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (_, layers, largestInput, _) = Read(remember: false, _layout.Norms(_flat.Gradients), _layout.Norms(_flat.Values));
        var worst = Worst(ranks ?? SingleProcess.Instance, [.. layers.Select(layer => layer.ActivationDeviation), largestInput]);
        var health = LayerHealth.Of([.. layers.Select((layer, i) => layer with { ActivationDeviation = worst[i] })], worst[^1], _samples.LastOrDefault());
        Discard();
        return health;
    }

    public void Exchange(RunState state)
    {
        state.Exchange("every", ref _every);
        SampleState.Exchange(state, _layers, _samples);
        _layers.ForEach(layer => layer.Exchange(state.Under(layer.Name)));
    }

    public void Dispose() => Discard();

    private static double[] Worst(ICollective ranks, double[] numbers)
    {
        var all = ranks.Gather(numbers).Chunk(numbers.Length).ToList();
        return [.. numbers.Select((_, i) => all.Select(rank => rank[i]).OrderBy(number => double.IsFinite(number) ? 0 : 1).ThenBy(number => number).Last())];
    }

    private static string LayerOf(string parameter) => NamePattern.LayerOf(parameter) is var layer && layer == parameter ? string.Empty : layer;

    private void AddLayers(nn.Module module, string name, ILookup<string, int> segments)
    {
        if (segments.Contains(name) || WatchedLayer.IsActivation(module))
        {
            _layers.Add(new WatchedLayer(name.Length > 0 ? name : Root, module, [.. segments[name]]));
        }

        foreach (var (child, part) in module.named_children())
        {
            AddLayers(part, name.Length > 0 ? $"{name}.{child}" : child, segments);
        }
    }

    /// <summary>Brings everything measured to the host in one piece.</summary>
    private (double GradientNorm, IReadOnlyList<LayerSample> Layers, double LargestInput, double TypicalInput) Read(bool remember, params Tensor[] norms)
    {
        var inputs = _input.Sizes is null ? [] : new[] { _input.Sizes };
        using var all = cat([.. norms, .. inputs, .. _outputs.Finish()]);
        var values = all.cpu().data<float>().ToArray();
        if (remember)
        {
            // A norm may be beyond single precision where the numbers under it are not.
            values = Array.ConvertAll(values, value => Math.Clamp(value, float.MinValue, float.MaxValue));
        }

        var count = _flat.All.Segments.Count;
        var used = norms.Length * count;
        var (largest, typical) = _input.Sizes is null ? (double.NaN, double.NaN) : (values[used], values[used + 1]);
        _layers.ForEach(layer => layer.Forget());
        _outputs.Read(values.AsSpan(used + (2 * inputs.Length)), remember);
        return (Combined(0, Enumerable.Range(0, count)), [.. _layers.Select(Sample)], largest, typical);

        double Combined(int kind, IEnumerable<int> segments) => Math.Sqrt(segments.Sum(i => (double)values[(kind * count) + i] * values[(kind * count) + i]));

        LayerSample Sample(WatchedLayer layer)
        {
            var (gradient, weight, update) = (double.NaN, double.NaN, double.NaN);
            if (layer.Segments.Any(i => _flat.IsTrained(_flat.All.Segments[i])))
            {
                (gradient, weight) = (Combined(0, layer.Segments), Combined(1, layer.Segments));
                update = norms.Length > 2 && weight > 0 ? Combined(2, layer.Segments) / weight : double.NaN;
            }

            return new LayerSample(layer.Name, gradient, weight, update, layer.Mean, layer.Deviation, layer.DeadShare);
        }
    }

    private void Discard()
    {
        _input.Dispose();
        _outputs.Dispose();
        _gradientNorms?.Dispose();
        _before?.Dispose();
        (_input, _outputs, _gradientNorms, _before) = (new(), new(), null, null);
    }

    private sealed class Watching(IReadOnlyList<Action> endings) : IDisposable
    {
        public void Dispose()
        {
            foreach (var end in endings)
            {
                end();
            }
        }
    }
}
