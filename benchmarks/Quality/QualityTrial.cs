namespace MLNet.GradStability.Benchmarks.Quality;

/// <summary>One training of a task, and what it came to.</summary>
/// <param name="Task">The task.</param>
/// <param name="Seed">Seed of folds, first weights and all else.</param>
/// <param name="Ours">What this library reaches; NaN when the network gives no numbers.</param>
/// <param name="Peers">What scikit-learn reaches; null when it was not asked.</param>
internal sealed record QualityTrial(QualityTask Task, int Seed, double Ours, PeerScores? Peers);
