using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Samples.Transfer;

/// <summary>One row of digits.csv: an 8×8 image and what it shows.</summary>
internal sealed class Digit
{
    [LoadColumn(0, 63)]
    [VectorType(64)]
    public float[] Pixels { get; set; } = [];

    [LoadColumn(64)]
    public string Label { get; set; } = string.Empty;

    /// <summary>Rows with the label as a key of the digits among them.</summary>
    public static IDataView Keyed(MLContext ml, IEnumerable<Digit> digits)
    {
        var rows = ml.Data.LoadFromEnumerable(digits.ToList());
        return ml.Transforms.Conversion.MapValueToKey(nameof(Label), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(rows).Transform(rows);
    }
}
