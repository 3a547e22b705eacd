namespace MLNet.GradStability.Benchmarks.Hostile;

/// <summary>What a task predicts, and by what it is measured; higher is better in all.</summary>
internal enum Goal
{
    /// <summary>One of several classes: accuracy.</summary>
    Class,

    /// <summary>A rare yes among many noes: area under the precision-recall curve.</summary>
    Rare,

    /// <summary>A number: R², the share of the variance that is explained; −1 at worst.</summary>
    Number,
}
