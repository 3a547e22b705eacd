using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>What an <see cref="OptionSweep{TOptions}"/> found.</summary>
/// <typeparam name="TOptions">The options searched.</typeparam>
public sealed class SweepResult<TOptions> : IDisposable
    where TOptions : notnull
{
    private readonly Func<TOptions, IEstimator<ITransformer>> _pipeline;

    internal SweepResult(
        OptionSweep<TOptions> sweep, IReadOnlyList<SweepTrial<TOptions>> trials, ITransformer? model, string ending, TimeSpan duration, Func<TOptions, IEstimator<ITransformer>> pipeline)
    {
        Sweep = sweep;
        Trials = [.. trials.Order(TrialOrder.By<TOptions>(sweep.Metric))];
        Model = model;
        Ending = ending;
        Duration = duration;
        _pipeline = pipeline;
        Importance = Importances.Of(Parameters, [.. Trials.Where(trial => trial.State == TrialState.Completed).Select(trial => (trial.Point!, trial.Metric))]);
    }

    /// <summary>The sweep: its space, tuner, seed and metric.</summary>
    public OptionSweep<TOptions> Sweep { get; }

    /// <summary>The parameters searched.</summary>
    public IReadOnlyList<SweepParameter> Parameters => Sweep.Space.Parameters;

    /// <summary>All trials: completed ones, best first, then those that were stopped early, diverged, failed and were cancelled.</summary>
    public IReadOnlyList<SweepTrial<TOptions>> Trials { get; }

    /// <summary>The best completed trial.</summary>
    /// <exception cref="InvalidOperationException">No trial completed; the message has the reason of the first.</exception>
    public SweepTrial<TOptions> Best => HasBest ? Trials[0] : throw new InvalidOperationException(
        $"OptionSweep: a trial must complete for there to be a best one; of {Trials.Count} none did. {Trials.MinBy(trial => trial.Number)?.Reason ?? "None was started."} See Trials for the reason of each.");

    /// <summary>Whether a trial completed, so that there is a best one.</summary>
    public bool HasBest => Trials is [{ State: TrialState.Completed }, ..];

    /// <summary>
    /// The model of the best trial as it was fitted in the sweep; null in cross-validation, where there are several, when the trial was read from the journal of an
    /// earlier run, and when there is none. <see cref="Refit"/> makes one.
    /// </summary>
    public ITransformer? Model { get; }

    /// <summary>What each parameter explains of the differences between completed trials, the most important first.</summary>
    public IReadOnlyList<OptionImportance> Importance { get; }

    /// <summary>Why the sweep ended, in a sentence.</summary>
    public string Ending { get; }

    /// <summary>Time taken by this run; trials read from a journal took theirs before.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Fits the pipeline of the best trial to data, such as all rows there are.</summary>
    /// <param name="data">The rows.</param>
    /// <exception cref="InvalidOperationException">No trial completed.</exception>
    public ITransformer Refit(IDataView data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return _pipeline(Best.Options!).Fit(data);
    }

    /// <summary>Writes a row a trial: rank, number, state, metric, epochs, seconds, a column for each parameter, and the reason.</summary>
    /// <param name="path">The file, which is replaced; its directory is made when it is missing.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveCsv(string path)
    {
        Require.Text(path, "SweepResult." + nameof(SaveCsv), nameof(path), "Give one such as \"sweep.csv\".");
        if (Path.GetDirectoryName(path) is { Length: > 0 } directory)
        {
            Directory.CreateDirectory(directory);
        }

        File.WriteAllText(path, SweepCsv.Of(this));
    }

    /// <summary>A table of the trials, best first, and what each parameter explains.</summary>
    public override string ToString() => SweepTable.Of(this);

    /// <summary>Frees the model, where it holds anything to be freed.</summary>
    public void Dispose() => (Model as IDisposable)?.Dispose();
}
