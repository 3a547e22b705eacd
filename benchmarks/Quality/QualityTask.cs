namespace MLNet.GradStability.Benchmarks.Quality;

/// <summary>Data, a network, and the bar that it is to reach.</summary>
/// <param name="Name">Its name on the command line and in results.</param>
/// <param name="Measure">What is measured.</param>
/// <param name="Bar">The bar.</param>
internal abstract record QualityTask(string Name, Measure Measure, double Bar)
{
    /// <summary>Trainings of one seed, when there are so many folds.</summary>
    public abstract int Trainings(int folds);

    /// <summary>Trains once and measures.</summary>
    /// <param name="folds">Folds of a table.</param>
    /// <param name="fold">The one that is held out, from 0.</param>
    /// <param name="options">The options, the seed among them, but for what the task sets itself.</param>
    public abstract double Ours(int folds, int fold, NeuralNetworkOptions options);

    /// <summary>What the peer reaches on the same rows; null where it has nothing of the kind.</summary>
    public virtual PeerScores? Peers(Peer peer, int folds, int fold, int seed) => null;

    public bool IsMet(double value) => Measure == Measure.Accuracy ? value >= Bar : value <= Bar;
}
