using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Parameters under one layer rule that are trained from one epoch on: a contiguous part of the flat storage, weights first.</summary>
internal sealed class ParameterGroup : IDisposable
{
    private readonly IReadOnlyList<Parameter> _parameters;

    /// <param name="rule">The rule; null for none.</param>
    /// <param name="untilEpoch">The first epoch that trains it; 0 for the first of all.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="segments">Where they lie, parallel to them.</param>
    /// <param name="allValues">The flat values.</param>
    /// <param name="allGradients">The flat gradients.</param>
    public ParameterGroup(
        LayerRule? rule, int untilEpoch, IReadOnlyList<Parameter> parameters, IReadOnlyList<ParameterSegment> segments, Tensor allValues, Tensor allGradients)
    {
        _parameters = parameters;
        UntilEpoch = untilEpoch;
        RateScale = rule?.RateScale ?? 1;
        WeightDecay = rule?.WeightDecay;
        Segments = segments;
        var start = segments[0].Start;
        var length = segments.Sum(segment => segment.Length);
        Gradients = allGradients.narrow(0, start, length).DetachFromDisposeScope();
        Values = allValues.narrow(0, start, length).DetachFromDisposeScope();
        Weights = allValues.narrow(0, start, segments.Where(segment => segment.IsWeight).Sum(segment => segment.Length)).DetachFromDisposeScope();
    }

    /// <summary>The first epoch that trains it; 0 for the first of all.</summary>
    public int UntilEpoch { get; }

    /// <summary>Whether it is trained now; while it is not, no gradient is computed for it.</summary>
    public bool IsTrained
    {
        get;
        set
        {
            field = value;
            for (var i = 0; i < _parameters.Count; i++)
            {
                _parameters[i].requires_grad = value;
            }
        }
    }

    /// <summary>Factor on the learning rate.</summary>
    public double RateScale { get; }

    /// <summary>Decoupled decay in place of the optimiser's own; null keeps the latter.</summary>
    public double? WeightDecay { get; }

    public IReadOnlyList<ParameterSegment> Segments { get; }

    /// <summary>The values, flat.</summary>
    public Tensor Values { get; }

    /// <summary>The gradients, flat, parallel to <see cref="Values"/>.</summary>
    public Tensor Gradients { get; }

    /// <summary>The values that decay acts on: parameters with two dimensions or more.</summary>
    public Tensor Weights { get; }

    public void Dispose()
    {
        Weights.Dispose();
        Values.Dispose();
        Gradients.Dispose();
    }
}
