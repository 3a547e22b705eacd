namespace MLNet.GradStability;

/// <summary>How values lie along an axis.</summary>
internal enum ScaleKind
{
    /// <summary>Equal distances for equal differences.</summary>
    Linear,

    /// <summary>Equal distances for equal ratios; values of 0 and below lie at the start.</summary>
    Log,
}

/// <summary>What an axis says: its name, its unit and its scale.</summary>
/// <param name="Label">The name.</param>
/// <param name="Kind">The scale.</param>
internal sealed record Axis(string Label, ScaleKind Kind = ScaleKind.Linear)
{
    /// <summary>The unit; null for a plain number.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether only whole numbers are named.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The value that it starts with; null for the least of the data.</summary>
    public double? From { get; init; }

    /// <summary>The value that it ends with; null for the greatest of the data.</summary>
    public double? To { get; init; }

    public string Title => Unit is null ? Label : $"{Label} ({Unit})";

    /// <summary>Logarithmic where the values, all above 0, span more than a factor.</summary>
    public Axis Fitting(IEnumerable<double> values, double factor = 30)
    {
        var finite = values.Where(double.IsFinite).ToList();
        return finite.Count > 0 && finite.Min() > 0 && finite.Max() / finite.Min() > factor ? this with { Kind = ScaleKind.Log } : this;
    }
}
