namespace MLNet.GradStability;

/// <summary>
/// Describes the embeddings of key columns (Guo and Berkhahn 2016, arXiv:1604.06737): each key slot has a table of learned vectors, one for each of its K values
/// and one for a missing or unknown key, and a row's vectors go into the network beside its numbers.
/// </summary>
/// <remarks>
/// The tables are parameters <c>embedding.Column.weight</c> (<c>embedding.Column_0.weight</c>, … for the slots of a vector; signs other than ASCII letters and digits
/// become <c>_</c>), to be named in patterns such as <c>embedding*</c>. They start from N(0, 1/size). A key that no training row holds, which includes
/// the unknown one where none is missing in training, has the mean vector of the training rows: it is scored as an average key. Without key columns the
/// description has no effect.
/// </remarks>
public sealed record CategoricalEmbedding
{
    private const string Owner = nameof(CategoricalEmbedding);
    private const int LargestSize = 65_536;

    /// <summary>Numbers of a vector, 1 to 65 536. Default null: round(1.6·K^0.56), fastai's rule, and at most <see cref="MaxSize"/>: 2 for K = 2, 6 for 10, 21 for 100.</summary>
    public int? Size
    {
        get;
        init => field = value is { } size ? InRange(size, nameof(Size), "Leave it out to have it chosen by the number of values.") : null;
    }

    /// <summary>The most numbers of a vector that the rule gives, 1 to 65 536; of no effect beside <see cref="Size"/>. Default 50 (fastai: 600), which is reached at K = 468.</summary>
    public int MaxSize
    {
        get;
        init => field = InRange(value, nameof(MaxSize), "Usual values are 16 to 600.");
    } = 50;

    /// <summary>The size for a key of so many values.</summary>
    internal int SizeFor(int values) => Size ?? Math.Clamp((int)Math.Round(1.6 * Math.Pow(values, 0.56)), 1, MaxSize);

    private static int InRange(int size, string name, string remedy) =>
        Require.That(size is >= 1 and <= LargestSize, size, Owner, name, FormattableString.Invariant($"be from 1 to {LargestSize}"), remedy);
}
