using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Parameters under one layer rule: a contiguous part of the flat storage, weights first.</summary>
internal sealed class ParameterGroup : IDisposable
{
    public ParameterGroup(LayerRule? rule, IReadOnlyList<ParameterSegment> segments, Tensor allValues, Tensor allGradients)
    {
        RateScale = rule?.RateScale ?? 1;
        WeightDecay = rule?.WeightDecay;
        Segments = segments;
        var start = segments[0].Start;
        var length = segments.Sum(segment => segment.Length);
        Gradients = allGradients.narrow(0, start, length).DetachFromDisposeScope();
        Values = allValues.narrow(0, start, length).DetachFromDisposeScope();
        Weights = allValues.narrow(0, start, segments.Where(segment => segment.IsWeight).Sum(segment => segment.Length)).DetachFromDisposeScope();
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
