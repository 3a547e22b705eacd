using MLNet.GradStability;

namespace Samples.CustomClipper;

/// <summary>Keeps the largest gradient norm that it is told.</summary>
internal sealed class LargestNorm : IProgress<GradientMeasurement>
{
    public double Value { get; private set; }

    public void Report(GradientMeasurement value) => Value = Math.Max(Value, value.Norm);
}
