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

    /// <summary>
    /// Multiplies the rate, whatever the schedule, by <paramref name="factor"/> when a monitored number has not improved for more than
    /// <paramref name="patience"/> epochs (the rules of torch's ReduceLROnPlateau with an absolute threshold).
    /// </summary>
    /// <param name="factor">The factor, 0 &lt; factor &lt; 1; default 0.1.</param>
    /// <param name="patience">Epochs without improvement that are let pass, 0 or more; default 10.</param>
    /// <param name="minDelta">What an improvement must exceed, in units of the number; finite, 0 or greater; default 1e-4.</param>
    /// <param name="cooldown">Epochs after a change that do not count, 0 or more; default 0.</param>
    /// <param name="minScale">The product of its factors never falls below it, 0 ≤ scale &lt; 1; default 0.</param>
    /// <param name="monitor">The number; default the validation loss, for which the fit needs validation rows.</param>
    /// <param name="mode">Which way is better; default as the number itself says.</param>
    /// <remarks>An epoch whose number is not finite counts as one without improvement.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Callback ReduceOnPlateau(
        double factor = 0.1,
        int patience = 10,
        double minDelta = 1e-4,
        int cooldown = 0,
        double minScale = 0,
        Monitored monitor = Monitored.ValidationLoss,
        MonitorMode mode = MonitorMode.Auto) =>
        new PlateauCallback(factor, patience, minDelta, cooldown, minScale, monitor, mode);

    /// <summary>
    /// Ends the run at the first step whose loss or gradient is not finite, with <see cref="StopKind.Diverged"/> and finite weights: those of the best
    /// epoch where there are validation rows, otherwise the last. Without it such steps are skipped, and the run goes on.
    /// </summary>
    public static Callback TerminateOnNaN() => new NonFiniteCallback();

    /// <summary>
    /// Writes a CSV file: a header, and a row an epoch with its loss and metric (on validation rows too, where there are any), gradient norms, rate,
    /// skipped steps and seconds, in invariant culture. Each row is on disk before the next epoch starts. A fit starts the file anew; a run that
    /// resumes goes on behind the epochs of its checkpoint.
    /// </summary>
    /// <param name="path">The file; its directory is made when it is missing. When it cannot be written, the log gets a warning and the training goes on.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static Callback Csv(string path) => new CsvCallback(path);

    /// <summary>
    /// Writes event files for TensorBoard (<c>tensorboard --logdir runs</c>) over the steps done: <c>loss/train</c>, <c>learning_rate</c> and
    /// <c>gradient_norm</c> every few steps; <c>loss/train_epoch</c> and the metric, such as <c>accuracy/train</c>, every epoch, and before the first step and
    /// every epoch <c>loss/validation</c> and <c>accuracy/validation</c>, where there are validation rows.
    /// </summary>
    /// <param name="directory">Where the files go; each fit adds one, so give each its own directory. When it cannot be written, the log gets a warning and the training goes on.</param>
    /// <param name="everySteps">Steps between two points, 1 or more; default 10.</param>
    /// <exception cref="ArgumentException">The directory is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Callback TensorBoard(string directory, int everySteps = 10) => new TensorBoardCallback(directory, everySteps);

    /// <summary>Calls functions at moments of the training; those left out are not called. State that they keep themselves lives on from fit to fit.</summary>
    /// <param name="stepStarting">Called before each mini-batch is used: its tensors may be changed in place.</param>
    /// <param name="stepEnded">Called after each step, with its numbers.</param>
    /// <param name="epochEnded">Called after each epoch, with its numbers.</param>
    /// <param name="trainingEnded">Called once the final weights stand.</param>
    /// <param name="trainingStarted">Called before the first step, with what the first weights are worth on training and validation rows.</param>
    public static Callback On(
        Action<RunControl, StepRows>? stepStarting = null,
        Action<RunControl, StepRecord>? stepEnded = null,
        Action<RunControl, EpochRecord>? epochEnded = null,
        Action<TrainingResult>? trainingEnded = null,
        Action<RunControl, Evaluation?, Evaluation?>? trainingStarted = null) =>
        new FunctionsCallback(trainingStarted, stepStarting, stepEnded, epochEnded, trainingEnded);

    /// <summary>Makes the state of one fit.</summary>
    /// <param name="scope">What is trained, and how.</param>
    public abstract BoundCallback Bind(CallbackScope scope);
}
