namespace MLNet.GradStability;

/// <summary>How much the rows weigh that hold each key, gathered in the reading pass; key 0 counts missing ones.</summary>
/// <param name="layout">Where keys are in a row.</param>
internal sealed class KeyCounts(InputLayout layout)
{
    private readonly double[][] _weights = [.. layout.Keys.Select(slot => new double[slot.Values + 1])];

    /// <summary>The weight of each key of a slot, key 0 first.</summary>
    public IReadOnlyList<double> Of(int slot) => _weights[slot];

    public void Add(ReadOnlySpan<float> row, float weight)
    {
        for (var i = 0; i < _weights.Length; i++)
        {
            _weights[i][(int)row[layout.Numbers + i]] += weight;
        }
    }
}
