using System.Collections.Immutable;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="ClassWeights.Balanced"/>.</summary>
[DescriptionKind("balanced")]
internal sealed record BalancedClassWeights : ClassWeights
{
    internal override ImmutableArray<double> For(IReadOnlyList<string> classes, IReadOnlyList<double> rows)
    {
        var mean = rows.Sum() / rows.Count(count => count > 0);
        return [.. rows.Select(count => count > 0 ? mean / count : 1)];
    }

    internal override (double False, double True)[] ForSlots(IReadOnlyList<string> slots, IReadOnlyList<(double False, double True)> rows) =>
        [.. rows.Select(count => For(slots, [count.False, count.True])).Select(pair => (pair[0], pair[1]))];
}
