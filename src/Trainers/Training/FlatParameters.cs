using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// Moves all trainable parameters of a module into one contiguous tensor and their gradients into another, so that zeroing, norm, clipping
/// and optimiser step are a few kernels however many layers there are. Parameters under one layer rule lie together, weights first.
/// </summary>
/// <remarks>
/// Backward adds to a defined <c>.grad</c> in place while <c>create_graph</c> is off; nothing may set a gradient to null, therefore
/// <c>Module.zero_grad()</c> must not be called during a fit.
/// </remarks>
internal sealed class FlatParameters : IDisposable
{
    private readonly List<ParameterSet> _subsets = [];
    private readonly Dictionary<string, int> _place;
    private readonly ParameterSet _weights;

    /// <param name="module">The network; parameters of frozen layers stop requiring gradients and are left out.</param>
    /// <param name="rules">What the optimiser does differently for some layers; the last rule that fits a parameter holds for it.</param>
    /// <param name="type">The type of its parameters; checks of gradients use Float64.</param>
    /// <param name="behind">Numbers to be kept behind the gradients, in one piece with them.</param>
    /// <exception cref="ArgumentException">A rule fits no parameter, or all parameters are frozen at first.</exception>
    public FlatParameters(nn.Module module, IReadOnlyList<LayerRule>? rules = null, ScalarType type = ScalarType.Float32, long behind = 0)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var parameters = LayerRules.Assign(module, rules ?? []);
        foreach (var (name, parameter, _, _) in parameters)
        {
            if (parameter.dtype != type)
            {
                throw new ArgumentException($"Network: parameter {name} must be of type {type}; got {parameter.dtype}. Build the network without changing its type.");
            }
        }

        var total = parameters.Sum(assigned => assigned.Parameter.numel());
        var device = ComputeDevice.Of(module);
        Values = zeros(total, dtype: type, device: device).DetachFromDisposeScope();
        GradientsAndBehind = zeros(total + behind, dtype: type, device: device).DetachFromDisposeScope();
        Gradients = GradientsAndBehind.narrow(0, 0, total).DetachFromDisposeScope();
        Behind = GradientsAndBehind.narrow(0, total, behind).DetachFromDisposeScope();
        var segments = new List<ParameterSegment>(parameters.Count);
        var start = 0L;
        foreach (var (name, parameter, _, _) in parameters)
        {
            var length = parameter.numel();
            var shape = parameter.shape;
            var value = Values.narrow(0, start, length).view(shape);
            var gradient = Gradients.narrow(0, start, length).view(shape);
            value.copy_(parameter);
            parameter.set_(value);
            parameter.grad = gradient;
            segments.Add(new ParameterSegment(name, start, value.DetachFromDisposeScope(), gradient.DetachFromDisposeScope()));
            start += length;
        }

        All = new ParameterSet(this, segments);
        _place = module.named_parameters().Select((named, i) => (named.name, i)).ToDictionary(named => named.name, named => named.i);
        _weights = Subset(segments.Where(segment => segment.IsWeight));
        Groups = [.. parameters.Zip(segments)
            .GroupBy(pair => (pair.First.Rule, pair.First.UntilEpoch))
            .Select(group => new ParameterGroup(
                group.Key.Rule < 0 ? null : rules![group.Key.Rule], group.Key.UntilEpoch, [.. group.Select(pair => pair.First.Parameter)], [.. group.Select(pair => pair.Second)], Values, Gradients))];
        SetStage(0);
    }

    /// <summary>All values, flat.</summary>
    public Tensor Values { get; }

    /// <summary>All gradients, flat, parallel to <see cref="Values"/>.</summary>
    public Tensor Gradients { get; }

    /// <summary>Numbers that travel with the gradients between the ranks of a job.</summary>
    public Tensor Behind { get; }

    /// <summary>The gradients and the numbers behind them.</summary>
    public Tensor GradientsAndBehind { get; }

    /// <summary>The same storage in one piece for each layer rule and first epoch: a single piece when there are no rules.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; }

    public ParameterSet All { get; }

    /// <summary>The parameters that are trained at this stage; the others are frozen still, and their gradients 0.</summary>
    public ParameterSet Trained { get; private set; }

    /// <summary>Those of <see cref="Trained"/> with two dimensions or more, which penalties and decay act on.</summary>
    public ParameterSet Weights { get; private set; }

    /// <summary>The first weight that is trained, in the order of the network's layers, or the first parameter where none is a weight.</summary>
    public ParameterSegment First =>
        Trained.Segments.OrderBy(segment => segment.IsWeight ? 0 : 1).ThenBy(segment => _place[segment.Name]).First();

    /// <summary>Whether some parameters are trained from a later epoch on.</summary>
    public bool HasStages => Groups.Any(group => group.UntilEpoch > 0);

    /// <summary>The epoch at which the parameters were last unfrozen that are trained now; 0 for those of the first.</summary>
    public int Stage { get; private set; }

    /// <summary>The stage that an epoch is in.</summary>
    public int StageAt(int epoch) => Groups.Max(group => group.UntilEpoch <= epoch ? group.UntilEpoch : 0);

    /// <summary>Trains the parameters of a stage, and no others.</summary>
    [MemberNotNull(nameof(Trained), nameof(Weights))]
    public void SetStage(int stage)
    {
        Stage = stage;
        foreach (var group in Groups)
        {
            group.IsTrained = group.UntilEpoch <= stage;
        }

        var trained = Groups.Where(group => group.IsTrained).SelectMany(group => group.Segments).ToList();
        var isAll = trained.Count == All.Segments.Count;
        Trained = isAll ? All : Subset(trained);
        Weights = isAll ? _weights : Subset(trained.Where(segment => segment.IsWeight));
    }

    /// <summary>Whether a parameter is trained at this stage.</summary>
    public bool IsTrained(ParameterSegment segment) => ReferenceEquals(Trained, All) || Trained.Segments.Contains(segment);

    public ParameterSet Subset(IEnumerable<ParameterSegment> segments)
    {
        var subset = new ParameterSet(this, [.. segments]);
        _subsets.Add(subset);
        return subset;
    }

    public void ZeroGradients() => Gradients.zero_();

    public void Dispose()
    {
        foreach (var segment in All.Segments)
        {
            segment.Value.Dispose();
            segment.Gradient.Dispose();
        }

        foreach (var group in Groups)
        {
            group.Dispose();
        }

        _subsets.ForEach(subset => subset.Release());
        All.Release();
        Values.Dispose();
        Gradients.Dispose();
        Behind.Dispose();
        GradientsAndBehind.Dispose();
    }
}
