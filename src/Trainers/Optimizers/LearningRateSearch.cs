namespace MLNet.GradStability;

/// <summary>Collects the steps of a range test and judges when it is over.</summary>
internal sealed class LearningRateSearch
{
    private const string Owner = "FindLearningRate";
    private const double Smoothing = 0.9;
    private const double Explosion = 4;
    private readonly double _from;
    private readonly double _to;
    private readonly int _steps;
    private readonly List<LearningRatePoint> _points = [];
    private double _sum;
    private double _weight;
    private double _lowest = double.PositiveInfinity;

    public LearningRateSearch(double from, double to, int steps)
    {
        _from = Require.Positive(from, Owner, nameof(from), "The usual value is 1e-7.");
        _to = Require.That(double.IsFinite(to) && to > from, to, Owner, nameof(to), "be finite and greater than from", "The usual value is 10.");
        _steps = Require.That(steps >= 10, steps, Owner, nameof(steps), "be 10 or greater", "The usual value is 100.");
    }

    /// <summary>The options of the run: the rising rate, and epochs enough for its steps.</summary>
    public NeuralNetworkOptions Options(NeuralNetworkOptions options, long batchesPerEpoch)
    {
        var stepsPerEpoch = (batchesPerEpoch + options.AccumulationSteps - 1) / options.AccumulationSteps;
        return options with
        {
            Optimizer = options.Optimizer with { Rate = new RisingRate(_from, _to, _steps) },
            Epochs = (int)((_steps + stepsPerEpoch - 1) / stepsPerEpoch),
            Averaging = null,
            Stability = null,
            Progress = null,
            DiagnosisEvery = null,
            Callbacks = [],
            Checkpoints = null,
            EarlyStopping = null,
        };
    }

    /// <summary>Takes one step in; false when the test is over.</summary>
    public bool Add(double rate, double loss)
    {
        if (!double.IsFinite(loss))
        {
            return false;
        }

        _sum = (Smoothing * _sum) + loss;
        _weight = (Smoothing * _weight) + 1;
        var smoothed = _sum / _weight;
        _lowest = Math.Min(_lowest, smoothed);
        _points.Add(new LearningRatePoint(rate, loss, smoothed));
        return _points.Count < _steps && smoothed <= Explosion * _lowest;
    }

    /// <exception cref="InvalidOperationException">Too few steps had a finite loss.</exception>
    public LearningRateCurve Curve() => LearningRateCurve.From(_points);

    // It never leaves the run and so needs no name in JSON.
    private sealed record RisingRate(double From, double To, int Steps) : Schedule
    {
        public override double RateAt(long step, long totalSteps) => From * Math.Pow(To / From, step / (Steps - 1.0));
    }
}
