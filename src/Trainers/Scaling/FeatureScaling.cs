using System.Numerics;
using static MLNet.GradStability.OnnxFormat.TensorProto.Types;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>A scaling with its numbers: z = (x − centre)/scale for each feature, then the limit, sharp or smooth.</summary>
/// <param name="centers">One a feature.</param>
/// <param name="scales">One a feature, 0 or greater; 0 makes the feature 0.</param>
/// <param name="limit">The largest |z|.</param>
/// <param name="isSmooth">Whether z bends towards the limit, z/√(1 + (z/limit)²), instead of being cut off at it.</param>
internal sealed class FeatureScaling(double[] centers, double[] scales, double limit, bool isSmooth)
{
    // Nearer to a smooth limit Single cannot tell values apart.
    private const double Least = 1e-7;
    private readonly double[] _factors = [.. scales.Select(scale => scale > 0 ? 1 / scale : 0)];
    private readonly double _most = Math.Min(limit, float.MaxValue);

    public IReadOnlyList<double> Centers => centers;

    public IReadOnlyList<double> Scales => scales;

    /// <summary>Scales rows in place, one after the other.</summary>
    public void Apply(Span<float> rows) => Apply(rows, centers.Length);

    /// <summary>Scales the numbers that rows begin with, in place, and leaves the rest.</summary>
    /// <param name="rows">One row after the other.</param>
    /// <param name="rowLength">Numbers and keys of a row.</param>
    public void Apply(Span<float> rows, int rowLength)
    {
        for (; rows.Length > 0; rows = rows[rowLength..])
        {
            var row = rows[..centers.Length];
            var done = 0;
            for (; done <= row.Length - Vector<float>.Count; done += Vector<float>.Count)
            {
                Vector.Widen(new Vector<float>(row[done..]), out var low, out var high);
                Vector.Narrow(Scaled(low, done), Scaled(high, done + Vector<double>.Count)).CopyTo(row[done..]);
            }

            for (; done < row.Length; done++)
            {
                // Every step is finite in Float64, wherever in the range of Single the numbers lie; a NaN stays one.
                var z = (Math.Clamp((double)row[done], float.MinValue, float.MaxValue) - centers[done]) * _factors[done];
                z = isSmooth ? z / Math.Sqrt(1 + (z / limit * (z / limit))) : z;
                row[done] = (float)Math.Clamp(z, -_most, _most);
            }
        }
    }

    /// <summary>Scales a batch, <c>[rows, features]</c>, to another.</summary>
    public Tensor Apply(Tensor rows)
    {
        var z = (rows.to(ScalarType.Float64) - tensor(centers)) * tensor(_factors);
        z = isSmooth ? z / ((z / limit).square() + 1).sqrt() : z;
        return z.clamp_min(-_most).clamp_max(_most).to(ScalarType.Float32);
    }

    /// <summary>What a scaled batch was before; of a value that was cut off, the limit. A feature that never varied gets its one value.</summary>
    public Tensor Undo(Tensor rows)
    {
        var z = rows.to(ScalarType.Float64);
        z = isSmooth ? z / (1 - (z / limit).square()).clamp_min(Least).sqrt() : z;
        return (z * tensor(scales) + tensor(centers)).to(ScalarType.Float32);
    }

    /// <summary>Adds the same to an ONNX graph, in Float64.</summary>
    public OnnxValue Export(OnnxScope scope, OnnxValue numbers)
    {
        var x = scope.Op("Clip", [scope.Cast(numbers, DataType.Double), scope.Double(float.MinValue), scope.Double(float.MaxValue)]);
        var z = scope.Op("Mul", [scope.Op("Sub", [x, scope.Doubles(centers)]), scope.Doubles(_factors)]);
        if (isSmooth)
        {
            var share = scope.Op("Div", [z, scope.Double(limit)]);
            z = scope.Op("Div", [z, scope.Op("Sqrt", [scope.Op("Add", [scope.Op("Mul", [share, share]), scope.Double(1)])])]);
        }

        return scope.Cast(scope.Op("Clip", [z, scope.Double(-_most), scope.Double(_most)]), DataType.Float);
    }

    /// <summary>The same for several features at once, from one on, bit for bit.</summary>
    private Vector<double> Scaled(Vector<double> x, int first)
    {
        var z = (Clamped(x, float.MaxValue) - new Vector<double>(centers, first)) * new Vector<double>(_factors, first);
        if (isSmooth)
        {
            var share = z / new Vector<double>(limit);
            z /= Vector.SquareRoot(Vector<double>.One + (share * share));
        }

        return Clamped(z, _most);
    }

    // A comparison with NaN is false: it stays one.
    private static Vector<double> Clamped(Vector<double> x, double most)
    {
        var (high, low) = (new Vector<double>(most), new Vector<double>(-most));
        x = Vector.ConditionalSelect(Vector.GreaterThan(x, high), high, x);
        return Vector.ConditionalSelect(Vector.LessThan(x, low), low, x);
    }
}
