using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Builds a network, gives it its first weights and trains it.</summary>
internal static class NetworkTraining
{
    /// <param name="start">The rows, the seed that everything random follows from, and the checkpoints.</param>
    /// <param name="task">Loss and metric.</param>
    /// <param name="options">The options.</param>
    /// <param name="device">Where it is trained, and stays.</param>
    /// <param name="log">Receives a line an epoch, and warnings.</param>
    /// <param name="watch">Receives rate and loss of each step and ends the training by returning false; null trains to the end.</param>
    public static TrainedNetwork Run(
        RunStart start, LearningTask task, NeuralNetworkOptions options, Device device, RunLog log, Func<double, double, bool>? watch)
    {
        var (rows, seed) = (start.Rows, start.Seed);
        var ranks = rows.Training.Ranks;
        using var random = new RunRandom(seed, ranks);
        var inputs = rows.Columns.Inputs;
        options.Augmentation?.Check(inputs.Numbers);
        var module = ranks.Together(() => NetworkFactory.Build(options, inputs, task.OutputSize, seed.Value, random.Layers));
        try
        {
            var taken = ranks.Together(() =>
            {
                OptionRules.CheckPatterns(options, module);
                return start.Weights?.Fill(module, inputs.Numbers);
            });
            if (taken is not null)
            {
                log.Info(FormattableString.Invariant($"Started from the weights of a trained network: {taken.Count} tensors were taken, {module.named_parameters().Count(named => !taken.Contains(named.name))} parameters start anew."));
                if (start.Weights!.Doubt(task, taken) is { } doubt)
                {
                    log.Warning(doubt);
                }
            }

            var found = Initialize(module, rows.Training, task, options, seed, taken);
            if (found is not null)
            {
                log.Warning(found.Sentence);
            }

            ranks.Broadcast(module);

            // First weights are made by the processor: the same on any device.
            module.to(device);

            using var unseen = new UnseenKeys(module, rows.Training.Keys);
            var training = new Evaluator(module, task, rows.Training, sample: seed);
            var validation = rows.Validation is { } held ? new Evaluator(module, task, held, unseen: unseen) : null;
            using var loop = new TrainingLoop(module, task, rows.Training, options, seed, random, log, training, validation, start.Checkpoints, found, watch);
            var result = loop.Run(TrainingData.Of(rows, task));
            ranks.Leave();
            if (result.StopReason.Kind == StopKind.Diverged && options.Stability?.OnDivergence == DivergenceAction.Throw)
            {
                throw new TrainingDivergedException(result);
            }

            unseen.Fill();
            TakeOutOfFlatStorage(module);

            // The model must not keep the rows alive, nor the model it started from.
            return new TrainedNetwork(module, task, options with { ValidationData = null, StartFrom = null }, inputs, rows.Training.Scaling, result);
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Gives each parameter memory of its own, as those of a loaded network have: libraries of matrix products round differently where memory is aligned
    /// differently, and a loaded network must score as the saved one does.
    /// </summary>
    private static void TakeOutOfFlatStorage(nn.Module module)
    {
        using var _ = no_grad();
        foreach (var parameter in module.parameters())
        {
            using var own = parameter.clone();
            parameter.set_(own);
        }
    }

    private static Incident? Initialize(
        nn.Module<Tensor, Tensor> module, BatchSource rows, LearningTask task, NeuralNetworkOptions options, RunSeed seed, IReadOnlySet<string>? taken)
    {
        void By(NeuralNetworkOptions chosen)
        {
            using var random = seed.ForInitialWeights();
            NetworkFactory.Initialize(module, chosen, random, new(() => rows.FirstFeatures(seed, task)), taken);
        }

        By(options);
        using var scope = NewDisposeScope();
        return WeightRepair.Apply(module, options, rows.FirstFeatures(seed, task), By);
    }
}
