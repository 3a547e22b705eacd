using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.GradStability;

/// <summary>
/// A trainer whose failure is a bad score and no exception, for searches such as AutoML's that an exception ends. A training that diverges, or throws where one of the
/// simplest network on the same rows does not, gives a transformer that always names the rarest class, or a number ten standard deviations from the usual one: each metric of it
/// is finite, and bad but for the recall of that class alone; it can be saved. The log has a warning with the reason, and so has <see cref="TrainingResult.StopReason"/>, of kind <see cref="StopKind.Diverged"/>.
/// </summary>
/// <remarks>
/// What would fail every trial alike is thrown as the trainer throws it: a missing column, rows that are not numbers, options that contradict the task. A trial that was
/// cancelled, by the options' token or by AutoML, throws <see cref="OperationCanceledException"/>: half a training says nothing about its options.
/// </remarks>
public sealed class NeuralNetworkTrialEstimator : IEstimator<NeuralNetworkTransformer>
{
    private const string Owner = nameof(NeuralNetworkTrialCatalog.NeuralNetworkTrial);
    private readonly IHostEnvironment _environment;
    private readonly Func<NeuralNetworkOptions, NeuralNetworkTrainer> _create;
    private readonly NeuralNetworkTrainer _trainer;
    private readonly IHost _host;

    internal NeuralNetworkTrialEstimator(IHostEnvironment environment, NeuralNetworkOptions options, Func<NeuralNetworkOptions, NeuralNetworkTrainer> create)
    {
        Require.That(options.Checkpoints is null, "a folder", Owner, nameof(options.Checkpoints), "be null, as a trial would go on with the checkpoints of one with other options", "Leave it out.");
        Require.That(options.Distribution is null, "one", Owner, nameof(options.Distribution), "be null, as the searches of several processes may part ways", "Leave it out.");
        Options = options;
        _environment = environment;
        _create = create;
        _trainer = create(options with { Callbacks = [.. options.Callbacks, new ContextCancellation(environment)] });
        _host = environment.Register(nameof(NeuralNetworkTrialEstimator));
    }

    /// <summary>The options of this trial.</summary>
    public NeuralNetworkOptions Options { get; }

    /// <summary>Trains the network on all rows.</summary>
    /// <param name="input">The rows; feature, label and weight columns as the options name them.</param>
    /// <returns>The trained network, or where that failed one whose scores are bad.</returns>
    /// <exception cref="ArgumentException">As the trainer's <see cref="NeuralNetworkTrainer.Fit(IDataView)"/>, where other options of network and training would not help.</exception>
    /// <exception cref="InvalidOperationException">As the trainer's, where other options of network and training would not help.</exception>
    /// <exception cref="OperationCanceledException">The trial was cancelled.</exception>
    public NeuralNetworkTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        NeuralNetworkTransformer model;
        try
        {
            model = _trainer.Fit(input);
        }
        catch (Exception e) when (e is not OperationCanceledException && !IsCancelled)
        {
            return Failed(input, e);
        }

        if (Fault(model, input) is not { } fault)
        {
            return model;
        }

        model.Dispose();
        ThrowIfCancelled();
        return Bad(input, fault, model.Model.Training);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _trainer.GetOutputSchema(inputSchema);

    private bool IsCancelled => Options.CancellationToken.IsCancellationRequested || MLNetInternals.IsCancelled(_environment);

    private void ThrowIfCancelled()
    {
        if (IsCancelled)
        {
            throw new OperationCanceledException("The trial was cancelled before its training had ended.", Options.CancellationToken);
        }
    }

    /// <summary>What is wrong with a fit; null when nothing is.</summary>
    private string? Fault(NeuralNetworkTransformer model, IDataView input)
    {
        var ended = model.Model.Training!.StopReason;
        return ended.Kind is StopKind.Diverged or StopKind.Cancelled || IsCancelled
            ? ended.Sentence
            : BadNetwork.ScoresAreFinite(model, input)
                ? null
                : "Diverged: the network's scores are not finite on the rows that it was trained on. Leave Stability at its default, lower the learning rate, or clip gradients.";
    }

    private NeuralNetworkTransformer Failed(IDataView input, Exception reason)
    {
        try
        {
            return Bad(input, reason.Message, (reason as TrainingDivergedException)?.Result);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The simplest network fails too: the reason is in the rows, or in options that all trials share.
            ExceptionDispatchInfo.Throw(reason);
            throw;
        }
    }

    private NeuralNetworkTransformer Bad(IDataView input, string why, TrainingResult? training)
    {
        using (Options.StartFrom?.Bind())
        {
            var bad = _create(BadNetwork.Options(Options)).Fit(input).Model;
            using var channel = _host.Start("Trial");
            channel.Warning(MessageSensitivity.None, "{0}", $"The trial failed, and its scores are made bad: {why}");
            return new(new TrainedNetwork(
                bad.Module, bad.Task, bad.Options with { Callbacks = [] }, bad.Inputs, bad.Scaling, (training ?? bad.Training!) with { StopReason = new(StopKind.Diverged, why) }));
        }
    }

    /// <summary>Ends a training when its MLContext is cancelled, as AutoML does at the end of its time. It has no JSON form: it belongs to one context.</summary>
    private sealed record ContextCancellation(IHostEnvironment Environment) : Callback
    {
        public override BoundCallback Bind(CallbackScope scope) => new Bound(Environment);

        private sealed class Bound(IHostEnvironment environment) : BoundCallback
        {
            public override void StepEnded(RunControl run, StepRecord step)
            {
                if (MLNetInternals.IsCancelled(environment))
                {
                    run.Stop("the MLContext was cancelled.");
                }
            }
        }
    }
}
