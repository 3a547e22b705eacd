using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Transfer;

/// <summary>Handwritten digits in two halves: 0–4, of which there are many rows, and 5–9, of which few are to train on.</summary>
internal static class Digits
{
    private static readonly Lazy<Row[]> All = new(() => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv")).Skip(1).Select(line => line.Split(',')).Select(cells => new Row
    {
        Features = [.. cells[..^1].Select(cell => float.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))],
        Label = cells[^1],
    })]);

    /// <summary>The network of these tests.</summary>
    public static Network Net { get; } = Network.Cnn([1, 8, 8], [Layer.Conv(16, 3), Layer.Conv(32, 3), Layer.MaxPool(2), Layer.Flatten(), Layer.Dense(32)], normalization: Normalization.Batch());

    public static IDataView Low(MLContext ml, int rows = 600, int skip = 0) => Keyed(ml, All.Value.Where(row => row.Label[0] < '5').Skip(skip).Take(rows));

    public static (IDataView Train, IDataView Test) High(MLContext ml, int perDigit)
    {
        var rows = All.Value.Where(row => row.Label[0] >= '5').ToList();
        var few = rows.GroupBy(row => row.Label).OrderBy(group => group.Key, StringComparer.Ordinal).SelectMany(group => group.Take(perDigit)).ToList();
        return (Keyed(ml, few), Keyed(ml, [.. few.DistinctBy(row => row.Label), .. rows.Except(few)]));
    }

    private static IDataView Keyed(MLContext ml, IEnumerable<Row> rows)
    {
        var data = ml.Data.LoadFromEnumerable(rows.ToList());
        return ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data).Transform(data);
    }

    internal sealed class Row
    {
        [VectorType(64)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = string.Empty;
    }
}
