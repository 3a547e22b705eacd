namespace MLNet.GradStability.Benchmarks.Quality;

/// <summary>What the label of a table is, and so which trainer learns it.</summary>
internal enum LabelKind
{
    /// <summary>One of several classes.</summary>
    Class,

    /// <summary>1 or 0.</summary>
    Flag,

    /// <summary>A number.</summary>
    Number,
}
