using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.GradStability;

/// <summary>One run of a sweep: trials on threads of their own, and what all of them share under one lock.</summary>
internal sealed class SweepRun<TOptions> : IDisposable
    where TOptions : notnull
{
    private readonly OptionSweep<TOptions> _sweep;
    private readonly SweepData _data;
    private readonly IChannel _channel;
    private readonly BoundTuner _tuner;
    private readonly TrialQueue _queue;
    private readonly SweepJournal? _journal;
    private readonly SweepBoard<TOptions> _board;
    private readonly CancellationTokenSource _stop;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly object _gate = new();
    private readonly object _building = new();
    private ExceptionDispatchInfo? _fault;
    private (SweepTrial<TOptions> Trial, ITransformer? Model)? _best;

    private SweepRun(OptionSweep<TOptions> sweep, SweepData data)
    {
        _sweep = sweep;
        _data = data;
        _channel = ((IHostEnvironment)sweep.Context).Start("Sweep");
        _stop = CancellationTokenSource.CreateLinkedTokenSource(sweep.CancellationToken);
        _tuner = sweep.Tuner.Bind(sweep.Space.Parameters, sweep.Seed);
        _queue = new TrialQueue(_tuner, sweep.Space.Start(), sweep.Trials, sweep.Patience);
        _board = new SweepBoard<TOptions>(sweep, _watch);
        _journal = sweep.Journal is { } path ? SweepJournal.Open(path, JournalHeader.Of(sweep, data), message => _channel.Warning(MessageSensitivity.None, "{0}", message)) : null;
    }

    public static SweepResult<TOptions> Of(OptionSweep<TOptions> sweep, SweepData data)
    {
        using var run = new SweepRun<TOptions>(sweep, data);
        return run.Run();
    }

    public void Dispose()
    {
        _journal?.Dispose();
        _stop.Dispose();
        _channel.Dispose();
    }

    private SweepResult<TOptions> Run()
    {
        foreach (var journalled in _journal?.Trials ?? [])
        {
            foreach (var epoch in journalled.Curve)
            {
                _tuner.Rungs?.Reach(epoch, journalled.HigherIsBetter);
            }
        }

        // Loading libtorch is no part of the time for trials.
        using var torch = new TorchThreads(_sweep.ThreadsPerTrial);
        if (_sweep.TimeLimit is { } limit)
        {
            _stop.CancelAfter(limit);
        }

        using var waking = _stop.Token.Register(Wake);
        var count = Math.Clamp(_sweep.Cores / _sweep.ThreadsPerTrial, 1, Math.Min(_sweep.Trials, _tuner.Lag));
        var threads = Enumerable.Range(1, count).Select(i => new Thread(Work) { IsBackground = true, Name = FormattableString.Invariant($"Sweep {i}") }).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        if (_fault is not null)
        {
            (_best?.Model as IDisposable)?.Dispose();
            _fault.Throw();
        }

        var ending = _sweep.CancellationToken.IsCancellationRequested ? "The sweep was cancelled." : _queue.Ending ?? FormattableString.Invariant($"The time limit of {_sweep.TimeLimit!.Value.TotalSeconds:G4} s was reached.");
        _channel.Info(MessageSensitivity.None, "{0}", ending);
        return new SweepResult<TOptions>(_sweep, _board.Ended, _best?.Model, ending, _watch.Elapsed, options => _sweep.Pipeline(options, new TrialRun(0, _sweep.Seed)));
    }

    private void Work()
    {
        try
        {
            while (Take() is { } trial)
            {
                Ended(trial, trial.Run());
            }
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _fault ??= ExceptionDispatchInfo.Capture(e);
            }

            _stop.Cancel();
        }
    }

    /// <summary>The next trial to run, when there is one; waits while it depends on others.</summary>
    private TrialFit<TOptions>? Take()
    {
        lock (_gate)
        {
            while (!_stop.IsCancellationRequested)
            {
                if (_queue.Next() is { } next)
                {
                    if (_journal?.Trials.FirstOrDefault(trial => trial.Trial == next.Number) is { } journalled)
                    {
                        Resume(journalled, next.Point);
                        continue;
                    }

                    var trial = new TrialFit<TOptions>(_sweep, _data, next.Number, next.Point, _building, () => new TrialRun(
                        next.Number, _sweep.Seed, _stop.Token, epoch => OnEpoch(next.Number, epoch), _tuner.Rungs));
                    _board.Started(next.Number, next.Point);
                    return trial;
                }

                if (_queue.Ending is not null)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }

            return null;
        }
    }

    private void Ended(TrialFit<TOptions> fit, SweepTrial<TOptions> trial)
    {
        lock (_gate)
        {
            if (trial.State != TrialState.Cancelled)
            {
                _journal?.Append(new(
                    trial.Number, fit.Point.Values, TrialValues.ToJson(trial.Values), trial.State, trial.Metric, trial.Reason, trial.Duration.TotalSeconds, trial.FoldMetrics, trial.Curve, fit.First.HigherMetricIsBetter));
                _queue.Ended(trial.Number, Outcome(trial));
            }

            Keep(trial, fit.Model);
            _board.Finished(trial);
            _channel.Info(MessageSensitivity.None, "{0}", SweepBoard<TOptions>.Line(_sweep, trial));
            Monitor.PulseAll(_gate);
        }
    }

    private void OnEpoch(int number, TrialEpoch epoch)
    {
        lock (_gate)
        {
            _board.Epoch(number, epoch);
        }
    }

    private void Resume(JournalTrial journalled, TrialPoint point)
    {
        if (!point.Equals(new TrialPoint(journalled.Point)))
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"OptionSweep: Journal \"{_sweep.Journal}\" has other values for trial {journalled.Trial} than the tuner chooses. Was it written by another version of the library? Give another path, or delete the file to start anew."));
        }

        var trial = new SweepTrial<TOptions>(
            journalled.Trial, _sweep.Space.Create(point), [.. TrialValues.Of(_sweep.Space.Parameters, point)], journalled.State, journalled.Metric, journalled.Reason, TimeSpan.FromSeconds(journalled.Seconds))
        {
            FoldMetrics = journalled.Folds,
            Curve = journalled.Curve,
            Point = point,
        };
        _queue.Ended(trial.Number, Outcome(trial));
        Keep(trial, null);
        _board.Finished(trial);
    }

    /// <summary>Keeps the model of the best trial, and frees those of the others.</summary>
    private void Keep(SweepTrial<TOptions> trial, ITransformer? model)
    {
        if (trial.State == TrialState.Completed && (_best is not { } best || TrialOrder.By<TOptions>(_sweep.Metric).Compare(trial, best.Trial) < 0))
        {
            (_best?.Model as IDisposable)?.Dispose();
            _best = (trial, model);
        }
        else
        {
            (model as IDisposable)?.Dispose();
        }
    }

    private TrialOutcome Outcome(SweepTrial<TOptions> trial) => new(
        trial.Point!, trial.State, trial.Epochs, trial.State is TrialState.Completed or TrialState.Stopped ? _sweep.Metric.Loss(trial.Metric) : double.PositiveInfinity);

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }
}
