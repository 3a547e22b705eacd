using System.Collections.Immutable;
using Microsoft.ML.Transforms;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>(x − offset)·scale for each number of a column, in Single as ML.NET's normalisers compute it.</summary>
/// <param name="offsets">What is taken off; empty for nothing.</param>
/// <param name="scales">The factors.</param>
internal sealed class AffineMap(float[] offsets, float[] scales)
{
    private const double Tolerance = 1e-5;

    /// <summary>The map of a normaliser; null where it is of another kind, or of Double.</summary>
    public static AffineMap? Of(NormalizingTransformer.NormalizerModelParametersBase parameters) => parameters switch
    {
        NormalizingTransformer.AffineNormalizerModelParameters<float> one => new([one.Offset], [one.Scale]),
        NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>> many => new(many.Offset.IsDefaultOrEmpty ? [] : [.. many.Offset], [.. many.Scale]),
        _ => null,
    };

    /// <summary>Whether it makes these numbers of those.</summary>
    public bool Maps(IReadOnlyList<float> from, IReadOnlyList<float> to) => from.Count == scales.Length && to.Count == scales.Length && Enumerable.Range(0, scales.Length).All(i =>
    {
        var expected = (from[i] - (offsets.Length == 0 ? 0 : offsets[i])) * scales[i];
        return Math.Abs(expected - to[i]) <= Tolerance * (1 + Math.Abs(expected));
    });

    public OnnxValue Export(OnnxScope scope, OnnxValue input)
    {
        using var none = NewDisposeScope();
        var moved = offsets.Length == 0 ? input : scope.Op("Sub", [input, scope.Weight("offset", tensor(offsets))]);
        return scope.Op("Mul", [moved, scope.Weight("scale", tensor(scales))]);
    }
}
