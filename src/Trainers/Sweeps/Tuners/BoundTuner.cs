namespace MLNet.GradStability;

/// <summary>A <see cref="Tuner"/> at work in one sweep: gives the points of trials 1, 2, 3 … in turn.</summary>
/// <param name="parameters">The space.</param>
internal abstract class BoundTuner(IReadOnlyList<SweepParameter> parameters)
{
    // Of a space of few points the last ones are hit rarely.
    private const int MostAttempts = 1000;

    // A tuner that learns may have eyes for a few points alone.
    private const int LearnedAttempts = 50;
    private readonly HashSet<TrialPoint> _points = [];

    /// <summary>Trial n needs the results of trials 1 to n − Lag.</summary>
    public virtual int Lag => int.MaxValue;

    /// <summary>Where trials are ended early; null where they are not.</summary>
    public virtual Rungs? Rungs => null;

    /// <summary>Whether the first trial takes the start of the space, where it has one.</summary>
    public virtual bool TakesStart => Parameters.Any(parameter => parameter.Start is not null);

    protected IReadOnlyList<SweepParameter> Parameters { get; } = parameters;

    /// <summary>The next point; null when all of the space were tried.</summary>
    /// <param name="start">The start of the space.</param>
    /// <param name="known">What trials 1 to n − Lag came to.</param>
    /// <param name="pending">The points of the trials between.</param>
    public TrialPoint? Next(TrialPoint start, IReadOnlyList<TrialOutcome> known, IReadOnlyList<TrialPoint> pending)
    {
        if (_points.Count == 0 && TakesStart)
        {
            _points.Add(start);
            return start;
        }

        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if ((attempt < LearnedAttempts ? Draw(known, pending) : DrawAny(known, pending)) is not { } point)
            {
                return null;
            }

            if (_points.Add(point))
            {
                return point;
            }
        }

        return null;
    }

    /// <summary>A point, perhaps one that was there; null when there is no other.</summary>
    public abstract TrialPoint? Draw(IReadOnlyList<TrialOutcome> known, IReadOnlyList<TrialPoint> pending);

    /// <summary>The same from the whole space, where a tuner keeps to parts of it.</summary>
    public virtual TrialPoint? DrawAny(IReadOnlyList<TrialOutcome> known, IReadOnlyList<TrialPoint> pending) => Draw(known, pending);
}
