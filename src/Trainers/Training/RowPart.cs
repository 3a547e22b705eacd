using System.Runtime.InteropServices;

namespace MLNet.GradStability;

/// <summary>
/// One side of the split into training and validation rows. The rows of a class are cut, in the order they come, into runs of about 1/f rows, and
/// one row of each run, drawn by the seed, is for validation. So every class keeps its share to within one row however many rows come, and every
/// pass finds the same rows without memory for them. The first row of a class is for training.
/// </summary>
/// <param name="Fraction">f, the share of the rows for validation; above 0 and below 1.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="IsValidation">Which side this is.</param>
internal sealed record RowPart(double Fraction, RunSeed Seed, bool IsValidation)
{
    // Longer than any table, and short enough for exact arithmetic.
    private const long Endless = 1L << 50;

    /// <summary>Makes the rule for one pass: it is given the class of each row, in order.</summary>
    public Func<int, bool> Start()
    {
        var seen = new Dictionary<int, long>();
        return label =>
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, label, out _);
            return IsChosen(label, count++) == IsValidation;
        };
    }

    private bool IsChosen(int label, long row)
    {
        var run = RunOf(row);
        var first = Math.Max(FirstOf(run), 1);
        return row == first + (long)(Seed.ForSplit(label, run) * (FirstOf(run + 1) - first));
    }

    private long RunOf(long row) => (long)(row * Fraction);

    private long FirstOf(long run)
    {
        if (run / Fraction >= Endless)
        {
            return Endless;
        }

        // The quotient is rounded: the row is the first for which RunOf gives this run.
        var row = (long)Math.Ceiling(run / Fraction);
        return RunOf(row) < run ? row + 1 : row > 0 && RunOf(row - 1) >= run ? row - 1 : row;
    }
}
