using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="ClassWeights.Of"/>.</summary>
[DescriptionKind("by-name")]
internal sealed record NamedClassWeights : ClassWeights
{
    public const string Owner = "ClassWeights.Of";
    private const int MostListed = 12;

    [JsonConstructor]
    public NamedClassWeights(IReadOnlyList<ClassWeight> weights)
    {
        Require.NotNull(weights, Owner, nameof(weights), "Name each class with its weight.");
        Require.That(weights.Count > 0, weights.Count, Owner, nameof(weights), "hold at least one class", "Name each class with its weight, or leave class weights out.");
        if (weights.GroupBy(weight => weight.Class).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"{Owner}: {nameof(weights)} must name each class once; got \"{twice.Key}\" {twice.Count()} times. Leave all but one out.", nameof(weights));
        }

        Weights = new EquatableList<ClassWeight>(weights);
    }

    public IReadOnlyList<ClassWeight> Weights { get; }

    internal override ImmutableArray<double> For(IReadOnlyList<string> classes, IReadOnlyList<double> rows)
    {
        var byName = Weights.ToDictionary(weight => weight.Class, weight => weight.Weight);
        var (unknown, missing) = (byName.Keys.Except(classes).ToList(), classes.Except(byName.Keys).ToList());
        return unknown is [] && missing is []
            ? [.. classes.Select(name => byName[name])]
            : throw new ArgumentException($"{Owner}: {nameof(Weights)} must name the classes of the label, {List(classes)}; got {string.Join(" and ", Faults(unknown, missing))}. Give each class its weight.");
    }

    internal override (double False, double True)[] ForSlots(IReadOnlyList<string> slots, IReadOnlyList<(double False, double True)> rows) =>
        [.. For(slots, []).Select(weight => (1.0, weight))];

    private static IEnumerable<string> Faults(IReadOnlyList<string> unknown, IReadOnlyList<string> missing)
    {
        if (unknown.Count > 0)
        {
            yield return $"{List(unknown)}, which {(unknown.Count == 1 ? "is" : "are")} none of them";
        }

        if (missing.Count > 0)
        {
            yield return $"no weight for {List(missing)}";
        }
    }

    private static string List(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostListed).Select(name => $"\"{name}\"")) + (names.Count > MostListed ? FormattableString.Invariant($", … ({names.Count} in all)") : string.Empty);
}
