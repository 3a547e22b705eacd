namespace MLNet.GradStability.Tests;

/// <summary>Collects what <see cref="GradientTransform.Measure"/> reports.</summary>
internal sealed class Measurements : List<GradientMeasurement>, IProgress<GradientMeasurement>
{
    public void Report(GradientMeasurement value) => Add(value);
}
