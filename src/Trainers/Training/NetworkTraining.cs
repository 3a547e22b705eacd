namespace MLNet.GradStability;

/// <summary>Builds a network, gives it its first weights and trains it.</summary>
internal static class NetworkTraining
{
    /// <param name="rows">The rows.</param>
    /// <param name="task">Loss and metric.</param>
    /// <param name="options">The options.</param>
    /// <param name="seed">Everything random follows from it.</param>
    /// <param name="log">Receives a line an epoch.</param>
    /// <param name="watch">Receives rate and loss of each step and ends the training by returning false; null trains to the end.</param>
    public static TrainedNetwork Run(
        TrainingRows rows, LearningTask task, NeuralNetworkOptions options, RunSeed seed, Action<string> log, Func<double, double, bool>? watch)
    {
        using var random = seed.ForTraining();
        var features = rows.Columns.FeatureCount;
        var module = NetworkFactory.Build(options.Network, features, task.OutputSize, seed.Value, random);
        try
        {
            OptionRules.CheckPatterns(options, module);
            using (var initial = seed.ForInitialWeights())
            {
                NetworkFactory.Initialize(module, options, initial, new(() => rows.Training.FirstFeatures(seed, task)));
            }

            var training = new Evaluator(module, task, rows.Training);
            var validation = rows.Validation is { } held ? new Evaluator(module, task, held) : null;
            using var loop = new TrainingLoop(module, task, rows.Training, options, seed, random, log, training, validation, watch);
            var result = loop.Run();

            // The model must not keep the rows alive.
            return new TrainedNetwork(module, task, options with { ValidationData = null }, features, result);
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }
}
