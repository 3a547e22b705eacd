using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Adds up what the steps of a training measure, epoch by epoch, and reports progress.</summary>
internal sealed class TrainingLog(NeuralNetworkOptions options, LearningTask task, long rows, RunLength run, RunLog log, ICollective ranks, Device device) : IDisposable
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(100);
    private List<EpochRecord> _epochs = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Sums _sums = new(device);
    private readonly TimeSpan _communicated = ranks.Time;
    private TimeSpan _before;
    private TimeSpan _epochStart;
    private TimeSpan _nextReport;
    private long _steps;
    private long _skipped;
    private long _rowsDone;
    private int _epoch;
    private double _rate;
    private double _norm;
    private Evaluation? _initialTraining;
    private Evaluation? _initialValidation;

    /// <summary>Takes the measurements before the first step.</summary>
    public void Started(Evaluation training, Evaluation? validation)
    {
        (_initialTraining, _initialValidation) = (training, validation);
        log.Info(string.Create(CultureInfo.InvariantCulture, $"Before the first step: loss {training.Loss:G5}, {task.MetricName} {training.Metric:G5}{Words(validation)}"));
    }

    public void StartEpoch(int epoch)
    {
        _epoch = epoch;
        _epochStart = Elapsed;
        _sums.Clear();
    }

    /// <summary>Says which layers are trained from here on.</summary>
    public void Unfrozen(int epoch, IReadOnlyList<string> layers) =>
        log.Info(FormattableString.Invariant($"Epoch {epoch}: {string.Join(", ", layers)} {(layers.Count == 1 ? "is" : "are")} unfrozen and trained from here on."));

    public void Warn(string message) => log.Warning(message);

    public void Add(long batchRows, double loss, double norm, double rate, Tensor metric)
    {
        _sums.Add(batchRows, loss, norm, metric);
        _rate = rate;
        _norm = norm;
        Advance(batchRows);
    }

    public void AddSkipped(long batchRows)
    {
        _sums.Skipped++;
        _skipped++;
        Advance(batchRows);
    }

    public EpochRecord EndEpoch(Evaluation? validation)
    {
        var record = new EpochRecord(
            _epoch, _sums.Loss, task.Metric(_sums.ReadMetric(), Math.Max(1, _sums.Rows)), _sums.MeanNorm, _sums.MaxNorm, _rate, _sums.Skipped, Elapsed - _epochStart)
        {
            Steps = _steps,
            ValidationLoss = validation?.Loss ?? double.NaN,
            ValidationMetric = validation?.Metric ?? double.NaN,
        };
        _epochs.Add(record);
        log.Info(string.Create(
            CultureInfo.InvariantCulture,
            $"Epoch {record.Epoch}/{run.Epochs}: loss {record.Loss:G5}, {task.MetricName} {record.Metric:G5}{Words(validation)}, gradient norm {record.MeanGradientNorm:G4} (max {record.MaxGradientNorm:G4}), rate {record.LearningRate:G4}, skipped steps {record.SkippedSteps}"));
        Report(isEpochEnd: true);
        return record;
    }

    public TrainingResult Result(StopReason stop, int seed, Evaluation? final)
    {
        log.Info(stop.Sentence);
        var communication = ranks.Time - _communicated;
        if (ranks.Count > 1)
        {
            log.Info(string.Create(CultureInfo.InvariantCulture, $"{ranks.Count} ranks trained; rank 0 spent {communication / _watch.Elapsed:P0} of its time in sums over the ranks, waiting for the others included."));
        }

        _sums.Clear();
        return new TrainingResult(stop, task.MetricName, _epochs, _steps, _skipped, rows, seed, Elapsed)
        {
            InitialTraining = _initialTraining,
            InitialValidation = _initialValidation,
            FinalValidation = final,
            Ranks = ranks.Count,
            Communication = communication,
        };
    }

    public void Dispose() => _sums.Clear();

    public Diagnosis Diagnosed(Diagnosis diagnosis)
    {
        log.Info($"Diagnosis: {diagnosis}");
        return diagnosis;
    }

    public void Exchange(RunState state)
    {
        var (now, epochStart) = (Elapsed, _epochStart.Ticks);
        var elapsed = now.Ticks;
        state.Exchange("elapsed", ref elapsed);
        state.Exchange("epochStart", ref epochStart);
        _before += TimeSpan.FromTicks(elapsed) - now;
        _epochStart = TimeSpan.FromTicks(epochStart);
        state.ExchangeJson("epochs", ref _epochs);
        state.ExchangeJson("initialTraining", ref _initialTraining);
        state.ExchangeJson("initialValidation", ref _initialValidation);
        state.Exchange("epoch", ref _epoch);
        state.Exchange("steps", ref _steps);
        state.Exchange("skipped", ref _skipped);
        state.Exchange("rows", ref _rowsDone);
        state.Exchange("rate", ref _rate);
        state.Exchange("norm", ref _norm);
        _sums.Exchange(state.Under("sums"));
    }

    private TimeSpan Elapsed => _before + _watch.Elapsed;

    private string Words(Evaluation? validation) => validation is null ? string.Empty : string.Create(
        CultureInfo.InvariantCulture, $", validation loss {validation.Loss:G5}, {task.MetricName} {validation.Metric:G5}");

    private void Advance(long batchRows)
    {
        _steps++;
        _rowsDone += batchRows;
        if (Elapsed >= _nextReport)
        {
            Report(isEpochEnd: false);
        }
    }

    private void Report(bool isEpochEnd)
    {
        if (options.Progress is null)
        {
            return;
        }

        var elapsed = Elapsed;
        var remaining = _steps == 0 ? TimeSpan.Zero : elapsed * ((double)Math.Max(0, run.Steps - _steps) / _steps);
        var metric = _epochs.Count > 0 ? _epochs[^1].Metric : double.NaN;
        options.Progress.Report(new TrainingProgress(
            _epoch, run.Epochs, _steps, run.Steps, _sums.Loss, task.MetricName, metric, _norm, _rate, _rowsDone / Math.Max(elapsed.TotalSeconds, 1e-9), elapsed, remaining, isEpochEnd));
        _nextReport = Elapsed + ReportInterval;
    }

    private sealed class Sums(Device device)
    {
        private double _loss;
        private double _norms;
        private long _steps;
        private Tensor? _metric;

        public long Rows { get; private set; }

        public int Skipped { get; set; }

        public double MaxNorm { get; private set; }

        public double MeanNorm => _steps == 0 ? double.NaN : _norms / _steps;

        public double Loss => Rows == 0 ? double.NaN : _loss / Rows;

        public void Add(long rows, double loss, double norm, Tensor metric)
        {
            Rows += rows;
            _loss += loss * rows;
            _norms += norm;
            MaxNorm = Math.Max(MaxNorm, norm);
            _steps++;
            Metric().add_(metric);
        }

        /// <summary>The only wait for the device that the metric costs: once an epoch.</summary>
        public double ReadMetric() => _steps == 0 ? double.NaN : _metric!.ToDouble();

        public void Clear()
        {
            (_loss, _norms, _steps, Rows, Skipped, MaxNorm) = (0, 0, 0, 0, 0, 0);
            _metric?.Dispose();
            _metric = null;
        }

        public void Exchange(RunState state)
        {
            var (rows, skipped, maxNorm) = (Rows, Skipped, MaxNorm);
            state.Exchange("loss", ref _loss);
            state.Exchange("norms", ref _norms);
            state.Exchange("steps", ref _steps);
            state.Exchange("rows", ref rows);
            state.Exchange("skipped", ref skipped);
            state.Exchange("maxNorm", ref maxNorm);
            state.Exchange("metric", Metric());
            (Rows, Skipped, MaxNorm) = (rows, skipped, maxNorm);
        }

        private Tensor Metric() => _metric ??= zeros(1, dtype: ScalarType.Float64, device: device).DetachFromDisposeScope();
    }
}
