namespace MLNet.GradStability;

/// <summary>
/// Describes something that watches a fit and may act on it: write a log, lower the rate, change rows, end the run. Callbacks are called in the
/// order of <see cref="NeuralNetworkOptions.Callbacks"/>, on the training thread. They are no part of the saved model.
/// </summary>
/// <remarks>
/// For a callback of your own, derive from it, write <see cref="Bind"/>, and keep all state in what it returns: one description serves many fits.
/// An exception thrown in a callback ends the fit with an <see cref="InvalidOperationException"/> that names the callback and the moment.
/// </remarks>
public abstract record Callback
{
    /// <summary>What a message calls it.</summary>
    internal virtual string Name => GetType().Name;

    /// <summary>Calls functions at moments of the training; those left out are not called. State that they keep themselves lives on from fit to fit.</summary>
    /// <param name="stepStarting">Called before each mini-batch is used: its tensors may be changed in place.</param>
    /// <param name="stepEnded">Called after each step, with its numbers.</param>
    /// <param name="epochEnded">Called after each epoch, with its numbers.</param>
    /// <param name="trainingEnded">Called once the final weights stand.</param>
    public static Callback On(
        Action<RunControl, StepRows>? stepStarting = null,
        Action<RunControl, StepRecord>? stepEnded = null,
        Action<RunControl, EpochRecord>? epochEnded = null,
        Action<TrainingResult>? trainingEnded = null) =>
        new FunctionsCallback(stepStarting, stepEnded, epochEnded, trainingEnded);

    /// <summary>Makes the state of one fit.</summary>
    /// <param name="scope">What is trained, and how.</param>
    public abstract BoundCallback Bind(CallbackScope scope);
}
