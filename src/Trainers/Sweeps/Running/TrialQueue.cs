namespace MLNet.GradStability;

/// <summary>What is tried next, and when there is nothing more: the order of a sweep, apart from how trials are run. Not for several threads at once.</summary>
/// <param name="tuner">Gives the points.</param>
/// <param name="start">The start of the space.</param>
/// <param name="trials">Trials in all.</param>
/// <param name="patience">Trials in a row that may fail to better the loss; null for any number.</param>
internal sealed class TrialQueue(BoundTuner tuner, TrialPoint start, int trials, int? patience)
{
    private readonly List<TrialPoint> _points = [];
    private readonly List<TrialOutcome?> _outcomes = [];

    /// <summary>Why no more is started; null while there may be more.</summary>
    public string? Ending { get; private set; }

    /// <summary>The next trial; null when it has to wait for others, or there are no more (see <see cref="Ending"/>).</summary>
    public (int Number, TrialPoint Point)? Next()
    {
        Ending ??= Over();
        var known = Math.Max(0, _points.Count + 1 - tuner.Lag);
        if (Ending is not null || _outcomes.Take(known).Any(outcome => outcome is null))
        {
            return null;
        }

        if (tuner.Next(start, [.. _outcomes.Take(known).OfType<TrialOutcome>()], [.. _points.Skip(known)]) is not { } point)
        {
            Ending = FormattableString.Invariant($"All {_points.Count} points of the space were tried.");
            return null;
        }

        _points.Add(point);
        _outcomes.Add(null);
        return (_points.Count, point);
    }

    /// <summary>Takes in what a trial came to.</summary>
    public void Ended(int number, TrialOutcome outcome) => _outcomes[number - 1] = outcome;

    private string? Over()
    {
        if (_points.Count >= trials)
        {
            return FormattableString.Invariant($"All {trials} trials were run.");
        }

        if (patience is not { } most)
        {
            return null;
        }

        // By number, so that it does not matter which of several trials ends first.
        var (best, since) = (double.PositiveInfinity, 0);
        foreach (var outcome in _outcomes.TakeWhile(outcome => outcome is not null))
        {
            var loss = outcome!.State == TrialState.Completed ? outcome.Loss : double.PositiveInfinity;
            (best, since) = loss < best ? (loss, 0) : (best, since + 1);
        }

        return since < most ? null : FormattableString.Invariant($"The best has not been bettered in {since} trials in a row.");
    }
}
