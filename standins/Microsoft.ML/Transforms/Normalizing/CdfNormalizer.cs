using System.Collections.Immutable;
using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>The cumulative normal distribution of each slot; 0 for a constant slot and for what is not finite.</summary>
internal sealed class CdfNormalizer<T>(bool isVector, T[] means, T[] deviations) : SlotNormalizer<T>(isVector, means, deviations)
    where T : struct, IFloatingPointIeee754<T>
{
    public override NormalizingTransformer.NormalizerModelParametersBase Parameters => IsVector
        ? new NormalizingTransformer.CdfNormalizerModelParameters<ImmutableArray<T>>([.. First], [.. Second], useLog: false)
        : new NormalizingTransformer.CdfNormalizerModelParameters<T>(First[0], Second[0], useLog: false);

    // As in ML.NET, the zeros that a sparse row leaves out stay zeros.
    protected override bool KeepsSparse => true;

    // The error function by Winitzki's approximation, as in ML.NET.
    protected override T Map(T value, int slot)
    {
        T mean = First[slot], deviation = Second[slot];
        if (!(deviation > T.Epsilon) || !T.IsFinite(value))
            return T.Zero;
        T x = (value - mean) / deviation;
        T half = x * x / T.CreateTruncating(2);
        T ax = T.CreateTruncating(0.147) * half;
        double numerator = double.CreateTruncating(-half) * (4 / Math.PI + double.CreateTruncating(ax));
        double exponent = numerator / double.CreateTruncating(T.One + ax);
        return T.CreateTruncating(0.5 + 0.5 * T.Sign(x) * Math.Sqrt(1 - Math.Exp(exponent)));
    }
}
