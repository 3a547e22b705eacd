namespace MLNet.GradStability.Benchmarks.Hostile;

/// <summary>A training that breaks easily.</summary>
/// <param name="Name">Its name on the command line and in results.</param>
/// <param name="Rows">The rows, by seed.</param>
/// <param name="Hidden">Widths of the hidden layers of a plain MLP.</param>
/// <param name="Epochs">Passes over the rows, of all recipes.</param>
internal sealed record HostileTask(string Name, Func<int, TaskRows> Rows, IReadOnlyList<int> Hidden, int Epochs)
{
    /// <summary>The healthy form of the rows, that the reference is trained on; the same where nothing is wrong with them.</summary>
    public Func<int, TaskRows>? CleanRows { get; init; }

    /// <summary>relu or tanh.</summary>
    public string Activation { get; init; } = "relu";

    public int BatchSize { get; init; } = 64;

    /// <summary>The plain recipe's optimiser: adam or sgd.</summary>
    public string Optimizer { get; init; } = "adam";

    /// <summary>Its rate.</summary>
    public double Rate { get; init; } = 1e-3;

    /// <summary>Whether optimiser and rate are part of what is hostile, so that our recipes have them too.</summary>
    public bool FixesOptimizer { get; init; }

    /// <summary>Standard deviation of all first weights, where these are hostile.</summary>
    public double? InitialStd { get; init; }

    public BadBatch? Bad { get; init; }

    /// <summary>The task is solved when its metric reaches this share of the reference's.</summary>
    public double Share { get; init; } = 0.9;

    /// <summary>The steps of the whole run.</summary>
    public long Steps(TaskRows rows) => (long)Epochs * ((rows.Train.Y.Length + BatchSize - 1) / BatchSize);
}
