using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Benchmarks;

/// <summary>Made-up rows: features from a normal distribution, classes at random.</summary>
internal static class RandomRows
{
    public static IDataView Create(MLContext ml, int rows, int features, int classes)
    {
        var random = new Random(1);
        var definition = SchemaDefinition.Create(typeof(Row));
        definition[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        definition[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), classes);
        return ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, rows).Select(_ => new Row
            {
                Features = [.. Enumerable.Range(0, features).Select(_ => (float)Normal(random))],
                Label = (uint)random.Next(classes),
            }).ToList(),
            definition);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}
