namespace MLNet.GradStability;

/// <summary>Every step of a run in bounded memory: as spans of equal length, which doubles whenever there are too many.</summary>
internal sealed class StepTrace
{
    private const int MostSpans = 256;
    private List<StepSpan> _spans = [];
    private long _spanLength = 1;
    private StepSpan? _last;

    /// <summary>The spans, oldest first, the last step among them once <see cref="Complete"/> was called.</summary>
    public IReadOnlyList<StepSpan> Spans => _spans;

    /// <summary>Takes in a step, whose gradient norm after the transforms is told later, by <see cref="Complete"/>.</summary>
    public void Add(StepSpan step)
    {
        Complete(double.NaN);
        _last = step;
    }

    /// <summary>Tells the gradient norm that the last step's update used; NaN when there was none. Nothing when it was told before.</summary>
    public void Complete(double usedNorm)
    {
        if (_last is { } step)
        {
            _last = null;
            AddSpan(step with { UsedNorm = StepRange.Of(usedNorm) });
        }
    }

    /// <summary>Writes or reads it, completed.</summary>
    public void Exchange(RunState state)
    {
        state.ExchangeJson("spans", ref _spans);
        state.Exchange("spanLength", ref _spanLength);
    }

    private void AddSpan(StepSpan step)
    {
        if (_spans.Count > 0 && _spans[^1].Count < _spanLength)
        {
            _spans[^1] = _spans[^1].With(step);
            return;
        }

        _spans.Add(step);
        if (_spans.Count > MostSpans)
        {
            _spans = [.. _spans.Chunk(2).Select(pair => pair.Length == 2 ? pair[0].With(pair[1]) : pair[0])];
            _spanLength *= 2;
        }
    }
}
