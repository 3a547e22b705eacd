namespace MLNet.GradStability.Benchmarks.Quality;

/// <summary>Rows dealt out to folds: shuffled by the seed, each class evenly over the folds.</summary>
internal static class Folds
{
    /// <summary>The fold of each row, from 0.</summary>
    public static int[] Of(Table table, int folds, int seed)
    {
        var order = Enumerable.Range(0, table.Labels.Length).ToArray();
        new Random(seed).Shuffle(order);
        var dealt = table.Kind == LabelKind.Number ? order : order.GroupBy(row => table.Labels[row]).OrderBy(rows => rows.Key, StringComparer.Ordinal).SelectMany(rows => rows);
        var fold = new int[order.Length];
        foreach (var (row, place) in dealt.Select((row, place) => (row, place)))
        {
            fold[row] = place % folds;
        }

        return fold;
    }

    /// <summary>The rows to train on, and those held out.</summary>
    public static (Table Train, Table Test) Split(Table table, int folds, int fold, int seed)
    {
        var foldOf = Of(table, folds, seed);
        var rows = Enumerable.Range(0, foldOf.Length).ToLookup(row => foldOf[row] == fold);
        return (table.Take(rows[false]), table.Take(rows[true]));
    }
}
