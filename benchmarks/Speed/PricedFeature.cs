namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>An option whose cost is measured.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Add">Turns it on.</param>
/// <param name="Goal">How much the time of a step may grow; null where there is no goal.</param>
internal sealed record PricedFeature(string Name, Func<NeuralNetworkOptions, NeuralNetworkOptions> Add, Goal? Goal = null);
