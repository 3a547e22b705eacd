using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>What a fitted input guard is made of: column names, options and the statistics of every feature.</summary>
/// <param name="OutputColumnName">The column added.</param>
/// <param name="InputColumnName">The column read.</param>
/// <param name="IsVector">Whether the column is a vector of as many Single as there are statistics; otherwise one Single.</param>
/// <param name="Options">The options.</param>
/// <param name="Statistics">One for each feature.</param>
internal sealed record InputGuardModel(
    string OutputColumnName, string InputColumnName, bool IsVector, InputGuardOptions Options, ImmutableArray<FeatureStatistics> Statistics)
{
    private readonly (double Low, double High)[] _bounds =
        [.. Statistics.Select(feature => Bounds(feature, Options.ClipDeviations ?? double.PositiveInfinity))];

    /// <summary>The type of the column, before and after.</summary>
    public DataViewType ColumnType { get; } = IsVector ? new VectorDataViewType(NumberDataViewType.Single, Statistics.Length) : NumberDataViewType.Single;

    /// <summary>Guards the numbers of a row in place; afterwards all of them are finite.</summary>
    /// <exception cref="InvalidOperationException">A value is not finite and the options reject it.</exception>
    public (int Imputed, int Clipped) Apply(Span<float> values, DataViewSchema.Column source, long row)
    {
        var (imputed, clipped) = (0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            double value = values[i];
            var (median, scale) = (Statistics[i].Median, Statistics[i].Scale);
            if (!double.IsFinite(value))
            {
                InputGuardErrors.ThrowIfRejected(Options, source, i, values[i], row);
                value = median;
                imputed++;
            }
            else if (value < _bounds[i].Low || value > _bounds[i].High)
            {
                value = Math.Clamp(value, _bounds[i].Low, _bounds[i].High);
                clipped++;
            }

            // A far value over a tiny scale may lie outside of Single.
            values[i] = (float)Math.Clamp(Options.Standardise ? (value - median) / scale : value, float.MinValue, float.MaxValue);
        }

        return (imputed, clipped);
    }

    private static (double Low, double High) Bounds(FeatureStatistics feature, double deviations) =>
        (feature.Median - (deviations * feature.Scale), feature.Median + (deviations * feature.Scale));
}
