namespace MLNet.GradStability;

/// <summary>A place on an axis that is named.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Text">Its name.</param>
internal readonly record struct Tick(double Value, string Text);

/// <summary>How the values of an axis lie along it.</summary>
/// <param name="Low">The value at its start; finite.</param>
/// <param name="High">The value at its end; finite and above <paramref name="Low"/>.</param>
internal abstract record ChartScale(double Low, double High)
{
    /// <summary>The place of a value: 0 at the start, 1 at the end; values beyond lie at the ends. NaN has none.</summary>
    public double Position(double value) => double.IsNaN(value) ? double.NaN : Math.Clamp(Place(value), 0, 1);

    /// <summary>Round values along the axis, in order.</summary>
    /// <param name="most">About how many there may be.</param>
    public abstract IReadOnlyList<Tick> Ticks(int most);

    /// <summary>The scale that an axis asks for, over the values that it can show; without one it runs from 0 to 1.</summary>
    public static ChartScale Over(Axis axis, IEnumerable<double> values)
    {
        var shown = values.Where(value => double.IsFinite(value) && (axis.Kind == ScaleKind.Linear || value > 0)).ToList();
        var (low, high) = (axis.From ?? shown.DefaultIfEmpty(axis.Kind == ScaleKind.Linear ? 0 : 0.1).Min(), axis.To ?? shown.DefaultIfEmpty(1).Max());
        return axis.Kind == ScaleKind.Linear ? LinearScale.Of(low, high, axis.IsWhole) : LogScale.Of(low, high);
    }

    protected abstract double Place(double value);
}
