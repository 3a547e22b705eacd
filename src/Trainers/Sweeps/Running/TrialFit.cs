using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>Runs one trial: fits the pipeline to each split, measures it, and says how it ended. It throws only what would fail every trial.</summary>
internal sealed class TrialFit<TOptions>
    where TOptions : notnull
{
    private readonly OptionSweep<TOptions> _sweep;
    private readonly SweepData _data;
    private readonly object _building;
    private readonly Func<TrialRun> _start;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<double> _metrics = [];

    /// <param name="sweep">The sweep.</param>
    /// <param name="data">Its data.</param>
    /// <param name="number">The number of the trial.</param>
    /// <param name="point">Its values.</param>
    /// <param name="building">Held while a user's function makes a pipeline: it need not serve several threads.</param>
    /// <param name="start">Makes what watches a fit.</param>
    public TrialFit(OptionSweep<TOptions> sweep, SweepData data, int number, TrialPoint point, object building, Func<TrialRun> start)
    {
        _sweep = sweep;
        _data = data;
        _building = building;
        _start = start;
        First = start();
        Number = number;
        Point = point;
    }

    public int Number { get; }

    public TrialPoint Point { get; }

    /// <summary>Watches the first fit.</summary>
    public TrialRun First { get; }

    /// <summary>The model; null where there are folds, or none came about.</summary>
    public ITransformer? Model { get; private set; }

    public SweepTrial<TOptions> Run()
    {
        var options = default(TOptions);
        try
        {
            options = _sweep.Space.Create(Point);
            for (var i = 0; i < _data.Splits.Count; i++)
            {
                if (Fit(options, _data.Splits[i], i == 0 ? First : _start()) is { } end)
                {
                    return End(options, end.State, end.Reason);
                }
            }
        }
        catch (SweepSetupException)
        {
            throw;
        }
        catch (Exception) when (First.CancellationToken.IsCancellationRequested)
        {
            return Cancelled(options);
        }
        catch (TrainingDivergedException e)
        {
            return End(options, TrialState.Diverged, e.Message);
        }
        catch (Exception e)
        {
            return End(options, TrialState.Failed, e.Message);
        }

        var metric = Mean();
        return double.IsFinite(metric)
            ? End(options, TrialState.Completed, null)
            : End(options, TrialState.Failed, FormattableString.Invariant($"The metric {_sweep.Metric.Name} was {metric}, and must be a finite number."));
    }

    /// <summary>How the trial ends with this fit; null when it goes on.</summary>
    private (TrialState State, string Reason)? Fit(TOptions options, Split split, TrialRun run)
    {
        IEstimator<ITransformer> pipeline;
        lock (_building)
        {
            pipeline = _sweep.Pipeline(options, run);
        }

        try
        {
            Measure(pipeline.Fit(split.Train), split, run);
        }
        finally
        {
            run.Release();
        }

        return run switch
        {
            { Ended.Kind: StopKind.Diverged } => (TrialState.Diverged, run.Ended.Sentence),
            { IsStopped: true } => (TrialState.Stopped, FormattableString.Invariant($"Others were better at epoch {run.Curve[^1].Epoch}.")),
            _ => null,
        };
    }

    private void Measure(ITransformer model, Split split, TrialRun run)
    {
        try
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            if (_sweep.Tuner is AshaTuner && !run.IsWatched)
            {
                throw new SweepSetupException("Tuner.Asha follows trials epoch by epoch, and the pipeline's trainer is not connected. Hand its options through trial.Watch(options).");
            }

            _metrics.Add(_sweep.Metric.Measure(_sweep.Context, model.Transform(split.Validation)));
            Model = _data.Splits.Count == 1 ? model : null;
        }
        finally
        {
            if (Model is null)
            {
                (model as IDisposable)?.Dispose();
            }
        }
    }

    private double Mean() => _metrics.Count == 0 ? double.NaN : _metrics.Average();

    private SweepTrial<TOptions> Cancelled(TOptions? options) => End(options, TrialState.Cancelled, "The sweep was ended while it ran.");

    private SweepTrial<TOptions> End(TOptions? options, TrialState state, string? reason) => new(
        Number, options, [.. TrialValues.Of(_sweep.Space.Parameters, Point)], state, state == TrialState.Cancelled ? double.NaN : Mean(), reason, _watch.Elapsed)
    {
        FoldMetrics = _data.Splits.Count == 1 ? [] : [.. _metrics],
        Curve = [.. First.Curve],
        Point = Point,
    };
}
