namespace MLNet.GradStability;

/// <summary>Something wrong that the guard found.</summary>
/// <param name="Kind">What.</param>
/// <param name="Loss">The loss that shows it.</param>
/// <param name="Norm">The gradient norm at that step.</param>
/// <param name="Limit">What was gone over; NaN when there is no limit.</param>
internal readonly record struct Fault(IncidentKind Kind, double Loss, double Norm, double Limit)
{
    /// <summary>Whether a finite number was out of all proportion.</summary>
    public bool IsSpike => Kind is IncidentKind.GradientSpike or IncidentKind.LossSpike;

    /// <summary>Whether it is of one step alone, which can be left out; the others show over many steps and cannot.</summary>
    public bool IsOfOneStep => Kind is IncidentKind.NonFiniteLoss or IncidentKind.NonFiniteGradient or IncidentKind.GradientSpike or IncidentKind.LossSpike;

    /// <summary>Whether the data may simply hold nothing to be learned, so that trying again is no reason to give up.</summary>
    public bool MayBeTheData => Kind is IncidentKind.DeadNetwork or IncidentKind.NotLearning;
}
