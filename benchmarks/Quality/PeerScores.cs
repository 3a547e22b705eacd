namespace MLNet.GradStability.Benchmarks.Quality;

/// <summary>What scikit-learn reaches on the same rows.</summary>
/// <param name="Mlp">Its multilayer perceptron.</param>
/// <param name="Linear">Logistic or ridge regression.</param>
internal readonly record struct PeerScores(double Mlp, double Linear);
