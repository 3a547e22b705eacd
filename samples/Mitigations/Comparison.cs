using Microsoft.ML;

namespace Samples.Mitigations;

/// <summary>Each mitigation on and off under the same seeds: alone, against no mitigation; and left out, against all of them.</summary>
internal sealed record Comparison(Trial None, Trial All, IReadOnlyList<Comparison.Entry> Entries)
{
    /// <summary>One mitigation.</summary>
    /// <param name="Name">What it is.</param>
    /// <param name="Alone">With it and no other.</param>
    /// <param name="Missing">With all others and without it.</param>
    internal sealed record Entry(string Name, Trial Alone, Trial Missing);

    /// <summary>The mitigation that gains most by itself.</summary>
    public Entry Best => Entries.MaxBy(Gain)!;

    /// <summary>The mitigation whose absence costs most.</summary>
    public Entry MostMissed => Entries.MaxBy(Loss)!;

    /// <summary>The mitigation whose absence costs least, or gains.</summary>
    public Entry LeastMissed => Entries.MinBy(Loss)!;

    /// <summary>Trains every combination.</summary>
    /// <param name="setup">The setup with all mitigations off.</param>
    /// <param name="mitigations">What to compare.</param>
    /// <param name="train">Training rows.</param>
    /// <param name="test">Held-out rows.</param>
    /// <param name="seeds">A training each.</param>
    /// <param name="done">Told after each combination.</param>
    /// <exception cref="OperationCanceledException">The setup's token was cancelled.</exception>
    public static Comparison Of(Setup setup, IReadOnlyList<Mitigation> mitigations, IDataView train, IDataView test, IReadOnlyList<int> seeds, Action done)
    {
        Trial Try(IEnumerable<Mitigation> chosen)
        {
            var trial = Trial.Of(chosen.Aggregate(setup, (changed, mitigation) => mitigation.Apply(changed)), train, test, seeds);
            setup.Cancellation.ThrowIfCancellationRequested();
            done();
            return trial;
        }

        return new(
            Try([]),
            Try(mitigations),
            [.. mitigations.Select(mitigation => new Entry(mitigation.Name, Try([mitigation]), Try(mitigations.Where(other => other != mitigation))))]);
    }

    /// <summary>Accuracy gained by a mitigation alone.</summary>
    public double Gain(Entry entry) => entry.Alone.Accuracy - None.Accuracy;

    /// <summary>Accuracy lost by leaving it out of all.</summary>
    public double Loss(Entry entry) => All.Accuracy - entry.Missing.Accuracy;
}
