namespace MLNet.GradStability;

/// <summary>The value of a parameter in a trial.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Value">The number of a range, or the index of a choice.</param>
public sealed record TrialValue(SweepParameter Parameter, double Value)
{
    /// <summary>It in words.</summary>
    public string Text => Parameter.Text(Value);

    /// <summary>Where it lies between the bounds of its parameter by its scale, 0 to 1.</summary>
    public double Position => Parameter.Position(Value);
}
