using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests;

/// <summary>The shipped data sets, and small made-up ones, as data views.</summary>
internal static class Samples
{
    public static IDataView Digits(MLContext ml) => Load(ml, "digits.csv", 64, DataKind.String);

    public static IDataView Iris(MLContext ml) => Load(ml, "iris.csv", 4, DataKind.String);

    public static IDataView BreastCancer(MLContext ml) => Load(ml, "breast_cancer.csv", 30, DataKind.Boolean);

    public static IDataView Diabetes(MLContext ml) => Load(ml, "diabetes.csv", 10, DataKind.Single);

    /// <summary>Three classes that a line cannot part but a small network can: which of three rings a point lies on.</summary>
    public static IEnumerable<Point> Rings(int count, int seed = 1)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var ring = i % 3;
            var angle = random.NextDouble() * 2 * Math.PI;
            var radius = ring + 0.5 + (0.2 * random.NextDouble());
            yield return new Point
            {
                Features = [(float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle))],
                Ring = (uint)ring,
                Name = $"ring {ring}",
                Inner = ring == 0,
                Radius = (float)(100 * radius),
                Weight = 1,
            };
        }
    }

    public static IDataView RingsView(MLContext ml, int count = 300, int seed = 1) => ml.Data.LoadFromEnumerable(Rings(count, seed).ToList());

    private static IDataView Load(MLContext ml, string file, int features, DataKind label) => ml.Data.LoadFromTextFile(
        Path.Combine(AppContext.BaseDirectory, "Data", file),
        [new TextLoader.Column("Features", DataKind.Single, 0, features - 1), new TextLoader.Column("Label", label, features)],
        separatorChar: ',',
        hasHeader: true);

    internal sealed class Point
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Ring { get; set; }

        public string Name { get; set; } = string.Empty;

        public bool Inner { get; set; }

        public float Radius { get; set; }

        public float Weight { get; set; }
    }
}
