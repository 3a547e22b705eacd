namespace MLNet.GradStability;

/// <summary>The rows that a rank holds: every n-th, from the rank's own number on.</summary>
/// <param name="Rank">The rank.</param>
/// <param name="Count">How many ranks there are.</param>
internal readonly record struct RowShard(int Rank, int Count)
{
    /// <summary>Whether a row, counted from 0 over all that train or validate, is held.</summary>
    public bool Holds(long row) => row % Count == Rank;

    /// <summary>The places 0, 1, 2, ….</summary>
    public static int[] InOrder(long count)
    {
        var places = new int[count];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        return places;
    }

    /// <summary>Finds the held rows of each batch.</summary>
    /// <param name="order">All rows in the order of their batches; used up.</param>
    /// <param name="batchSize">Rows of a batch.</param>
    /// <returns>The places of the held rows among those held, in their order, and for each batch and the end the first place in that list.</returns>
    public (int[] Places, int[] Starts) Deal(int[] order, int batchSize)
    {
        var starts = new int[((order.Length + batchSize - 1) / batchSize) + 1];
        var used = 0;
        for (var i = 0; i < order.Length; i++)
        {
            if (i % batchSize == 0)
            {
                starts[i / batchSize] = used;
            }

            if (Holds(order[i]))
            {
                order[used++] = order[i] / Count;
            }
        }

        starts[^1] = used;
        return (used == order.Length ? order : order[..used], starts);
    }
}
