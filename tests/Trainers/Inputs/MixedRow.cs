using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Inputs;

/// <summary>Rows of numbers and keys in several columns; what is to be learned hangs on both. A key beyond its count reads as missing.</summary>
internal sealed class MixedRow
{
    public const int Cities = 6;

    /// <summary>All feature columns, the first of them a vector of numbers.</summary>
    public static NeuralNetworkOptions Options { get; } = new()
    {
        FeatureColumnName = nameof(Sizes),
        AdditionalFeatureColumnNames = [nameof(City), nameof(Age), nameof(Marks), nameof(Grade)],
        Network = Network.Mlp([12], dropout: 0.1),
        Epochs = 3,
        BatchSize = 16,
        Seed = 3,
    };

    [VectorType(2)]
    public float[] Sizes { get; set; } = [];

    [KeyType(Cities)]
    public uint City { get; set; }

    public float Age { get; set; }

    [VectorType(3)]
    [KeyType(4)]
    public uint[] Marks { get; set; } = [];

    [KeyType(5)]
    public byte Grade { get; set; }

    public float Number { get; set; }

    [VectorType(2)]
    public float[] Pair { get; set; } = [];

    public bool Flag { get; set; }

    [VectorType(2)]
    public bool[] Flags { get; set; } = [];

    [KeyType(3)]
    public uint Class { get; set; }

    public static List<MixedRow> Some(int count = 90, int seed = 1, Action<MixedRow, int>? change = null)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                var row = new MixedRow
                {
                    Sizes = [(float)random.NextDouble() * 100, (float)random.NextDouble()],
                    City = (uint)random.Next(Cities),
                    Age = random.Next(80),
                    Marks = [(uint)random.Next(4), (uint)random.Next(4), (uint)random.Next(4)],
                    Grade = (byte)random.Next(5),
                };
                var number = (10 * ((row.City * 5) % Cities)) + (row.Age / 8) + row.Marks[0];
                (row.Number, row.Pair) = (number, [number, -row.Age]);
                (row.Flag, row.Flags, row.Class) = (number > 30, [number > 30, row.Age > 40], row.City % 3);
                change?.Invoke(row, i);
                return row;
            }),
        ];
    }

    public static IDataView View(MLContext ml, int count = 90, int seed = 1, Action<MixedRow, int>? change = null) => ml.Data.LoadFromEnumerable(Some(count, seed, change));
}
