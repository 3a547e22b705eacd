using System.Diagnostics;

namespace MLNet.GradStability;

/// <summary>A <see cref="Checkpointing"/> at work in one fit: decides when to write, what to keep, and finds what to go on from.</summary>
internal sealed class BoundCheckpointing : IDisposable
{
    private readonly Checkpointing _description;
    private readonly CheckpointFolder _folder;
    private readonly RunLog _log;
    private readonly bool _writes;
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private long _lastStep;
    private long? _best;
    private (CheckpointHeader Header, StateSnapshot State)? _found;
    private bool _isWarned;

    /// <param name="description">What to do.</param>
    /// <param name="name">The run's name.</param>
    /// <param name="seed">The seed of a run that starts anew.</param>
    /// <param name="log">Says what was found, and what went wrong.</param>
    /// <param name="ranks">The processes that share the training: rank 0 reads and writes for all.</param>
    /// <exception cref="InvalidOperationException">The run's newest checkpoint is in a newer format.</exception>
    public BoundCheckpointing(Checkpointing description, string name, RunSeed seed, RunLog log, ICollective ranks)
    {
        _description = description;
        _folder = new CheckpointFolder(Path.Combine(Path.GetFullPath(description.Folder), name));
        _log = log;
        _writes = ranks.Rank == 0;
        _found = SharedSnapshot.Of(ranks, ranks.Together(Find));
        Seed = _found is { } found ? new RunSeed(found.Header.Seed) : seed;
    }

    /// <summary>The run's seed: that of the checkpoint to go on from, where there is one.</summary>
    public RunSeed Seed { get; }

    /// <summary>Puts the run where its newest checkpoint was; false when there is none.</summary>
    /// <param name="exchange">Reads the whole run.</param>
    /// <exception cref="InvalidOperationException">The checkpoint does not fit this run.</exception>
    public bool Resume(Action<RunState> exchange)
    {
        if (_found is not var (header, state))
        {
            return false;
        }

        _found = null;
        using var _ = state;
        try
        {
            state.Restore(exchange);
        }
        catch (FormatException e)
        {
            throw new InvalidOperationException(
                $"Checkpointing: {_folder.PathOf(header.Step)} does not fit this run, though options and rows are the same: {e.Message} It may be of another version of the library, or callbacks were changed. Undo that, or set Resume to false to start anew.", e);
        }

        _lastStep = header.Step;
        _sinceLast.Restart();
        _log.Info(header.Finished
            ? FormattableString.Invariant($"Checkpointing: this run ended after {header.Step} steps; its network is returned from {_folder.PathOf(header.Step)}. To train anew, set Resume to false.")
            : FormattableString.Invariant($"Checkpointing: resumed after step {header.Step}, in epoch {header.Epoch}, from {_folder.PathOf(header.Step)}."));
        return true;
    }

    /// <summary>Writes a checkpoint within an epoch, when one is due.</summary>
    public void StepEnded(long step, int epoch, Action<RunState> exchange)
    {
        if (step - _lastStep >= _description.EverySteps || _sinceLast.Elapsed >= _description.Every)
        {
            Write(new CheckpointHeader(step, epoch, Seed.Value, Best: false, Finished: false), exchange);
        }
    }

    /// <summary>Writes a checkpoint after an epoch, when one is due.</summary>
    public void EpochEnded(long step, int epoch, bool isBest, Action<RunState> exchange)
    {
        if (epoch % _description.EveryEpochs == 0 || step - _lastStep >= _description.EverySteps || _sinceLast.Elapsed >= _description.Every)
        {
            Write(new CheckpointHeader(step, epoch, Seed.Value, isBest, Finished: false), exchange);
        }
    }

    /// <summary>Writes a checkpoint because the process will end, or the run has.</summary>
    public void Ended(long step, int epoch, bool isFinished, Action<RunState> exchange) =>
        Write(new CheckpointHeader(step, epoch, Seed.Value, Best: false, isFinished), exchange);

    public void Dispose() => _found?.State.Dispose();

    private (CheckpointHeader Header, StateSnapshot State)? Find()
    {
        if (_writes)
        {
            Try(Open, "read or made");
        }

        return _found;
    }

    private void Write(CheckpointHeader header, Action<RunState> exchange)
    {
        if (!_writes)
        {
            return;
        }

        _lastStep = header.Step;
        _sinceLast.Restart();
        using var state = new StateSnapshot();
        state.Capture(exchange);
        Try(
            () =>
            {
                _folder.Make();
                CheckpointFile.Write(_folder.PathOf(header.Step), header, state);
                _best = header.Best ? header.Step : _best == header.Step ? null : _best;
                DropOld(header.Step);
            },
            "written");
    }

    private void DropOld(long newest)
    {
        var kept = _description.BestOnly ? 1 : _description.Keep;
        foreach (var step in _folder.Steps().Where(step => step <= newest).Skip(kept).Where(step => step != _best))
        {
            CheckpointFolder.TryDelete(_folder.PathOf(step));
        }
    }

    private void Open()
    {
        _folder.Make();
        _folder.Clean();
        var steps = _folder.Steps();
        if (!_description.Resume)
        {
            steps.ForEach(step => CheckpointFolder.TryDelete(_folder.PathOf(step)));
            return;
        }

        _found = steps.Select(Read).FirstOrDefault(read => read is not null);
        _best = _folder.Steps().Where(step => CheckpointFile.TryReadHeader(_folder.PathOf(step))?.Best == true).Select(step => (long?)step).FirstOrDefault();
        if (steps.Count == 0 && _folder.OtherRuns() is > 0 and var others)
        {
            _log.Info($"Checkpointing: {_description.Folder} holds none of this run, and those of {others} with other options or rows; the training starts anew.");
        }
    }

    private (CheckpointHeader Header, StateSnapshot State)? Read(long step)
    {
        try
        {
            return CheckpointFile.Read(_folder.PathOf(step));
        }
        catch (FormatException e)
        {
            _log.Warning($"Checkpointing: {_folder.PathOf(step)} is damaged: {e.Message}. It is set aside, and the one before it used.");
            _folder.SetAside(step);
            return null;
        }
    }

    /// <summary>Does something with files; when that fails, says so once and goes on.</summary>
    private void Try(Action action, string what)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_isWarned)
            {
                _isWarned = true;
                _log.Warning($"Checkpointing: a checkpoint in {_description.Folder} could not be {what}: {e.Message} The training goes on, and each later checkpoint is tried without a further warning; until one succeeds, a process that ends loses what was trained since the last. Free space on the disk, or give a folder that can be written.");
            }
        }
    }
}
