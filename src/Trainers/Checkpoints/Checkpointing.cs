namespace MLNet.GradStability;

/// <summary>
/// When a training writes checkpoints, and where: files from which <c>Fit</c>, called again with the same options and rows, goes on where an ended process
/// was, to bit-identical weights. Each run keeps to a sub-folder of its own, named by its options and rows, so that many runs may share a folder.
/// </summary>
/// <remarks>
/// A checkpoint is written beside and renamed, with a checksum: a process may be killed at any moment. A damaged one is reported in the log, and the one
/// before it used. One is also written when the run is cancelled, and when it ends: fitting again then returns the same network at once. A folder that
/// cannot be written gives a warning in the log, and training goes on.
/// </remarks>
public sealed record Checkpointing
{
    private const string Owner = nameof(Checkpointing);

    /// <summary>Writes checkpoints to a folder.</summary>
    /// <param name="folder">The folder, made where it is missing.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public Checkpointing(string folder) => Folder = Require.Text(folder, Owner, nameof(folder), "Name a folder that can be written.");

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Steps between two checkpoints, 1 or more. Default null: steps are not counted.</summary>
    public int? EverySteps
    {
        get;
        init => field = value is { } steps ? Require.AtLeastOne(steps, Owner, nameof(EverySteps), "Leave it out to write by epochs alone.") : null;
    }

    /// <summary>Epochs between two checkpoints, 1 or more; null: epochs are not counted. Default 1.</summary>
    public int? EveryEpochs
    {
        get;
        init => field = value is { } epochs ? Require.AtLeastOne(epochs, Owner, nameof(EveryEpochs), "Set it to null to write by steps or time alone.") : null;
    } = 1;

    /// <summary>Time between two checkpoints, greater than 0; one is written after the step that reaches it. Default null: time is not taken.</summary>
    public TimeSpan? Every
    {
        get;
        init => field = value is { } time
            ? Require.That(time > TimeSpan.Zero, time, Owner, nameof(Every), "be greater than 0", "Give one such as TimeSpan.FromMinutes(10).")
            : null;
    }

    /// <summary>How many of the newest checkpoints are kept, 1 or more. Default 3. The best one is kept beside them.</summary>
    public int Keep
    {
        get;
        init => field = Require.AtLeastOne(value, Owner, nameof(Keep), "The usual value is 3: the newest, and two should it be damaged.");
    } = 3;

    /// <summary>
    /// Whether no more is kept than the newest checkpoint and the best one: that of the epoch with the best number that <see cref="EarlyStopping"/>
    /// monitors, else with the lowest validation loss, else with the lowest training loss. Default false.
    /// </summary>
    public bool BestOnly { get; init; }

    /// <summary>Whether to go on from the run's newest checkpoint. Default true; false deletes the run's checkpoints and starts anew.</summary>
    public bool Resume { get; init; } = true;
}
