using MLNet.GradStability;

namespace Samples.Mitigations;

/// <summary>Keeps the finite gradient norms of a training.</summary>
internal sealed class NormRecorder : IProgress<GradientMeasurement>
{
    private const int Memory = 100;
    private const double Jump = 10;
    private readonly List<double> _norms = [];

    public double Median => Middle(_norms);

    public double Largest => _norms.Count == 0 ? double.NaN : _norms.Max();

    /// <summary>Steps whose norm was more than ten times the median of the hundred before it.</summary>
    public int Spikes => Enumerable.Range(1, Math.Max(0, _norms.Count - 1))
        .Count(i => _norms[i] > Jump * Middle(_norms[Math.Max(0, i - Memory)..i]));

    public void Report(GradientMeasurement value)
    {
        if (double.IsFinite(value.Norm))
        {
            _norms.Add(value.Norm);
        }
    }

    private static double Middle(List<double> numbers) => numbers.Count == 0 ? double.NaN : numbers.Order().ElementAt(numbers.Count / 2);
}
