using System.Collections.Immutable;
using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>The map (x − offset)·scale of each slot.</summary>
internal sealed class AffineNormalizer<T>(bool isVector, T[] scale, T[] offset) : SlotNormalizer<T>(isVector, scale, offset)
    where T : struct, IFloatingPointIeee754<T>
{
    public override NormalizingTransformer.NormalizerModelParametersBase Parameters => IsVector
        ? new NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<T>>([.. First], KeepsSparse ? [] : [.. Second])
        : new NormalizingTransformer.AffineNormalizerModelParameters<T>(First[0], Second[0]);

    protected override bool KeepsSparse { get; } = offset.All(o => o == T.Zero);

    protected override T Map(T value, int slot) => (value - Second[slot]) * First[slot];
}
