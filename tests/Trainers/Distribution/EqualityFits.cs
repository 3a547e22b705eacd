using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Distribution;

/// <summary>Fits that several ranks must bring to the weights of a single process.</summary>
internal static class EqualityFits
{
    private const int Wide = 60;
    private const int Long = 6000;

    private static readonly NeuralNetworkOptions Small = new()
    {
        LabelColumnName = "Ring",
        Network = Network.Mlp([16, 8]),
        Optimizer = Optimizer.Adam(1e-3),
        BatchSize = 20,
        Epochs = 3,
        Seed = 3,
    };

    /// <summary>97 rows, a prime number: no count of ranks shares them evenly.</summary>
    public static IReadOnlyList<TrackedFit> All { get; } =
    [
        Rings("plain", Small),
        Rings("accumulated", Small with { BatchSize = 7, AccumulationSteps = 3 }),
        Rings("tiny batches", Small with { BatchSize = 3, Optimizer = Optimizer.Sgd(0.01, 0.9, nesterov: true), Epochs = 1 }),
        Rings("validated", Small with
        {
            ValidationFraction = 0.2,
            EarlyStopping = new(patience: 1, minDelta: 0.05),
            Optimizer = Optimizer.Sgd(Schedule.OnPlateau(0.05, 0.5, patience: 0), 0.9),
            Epochs = 8,
        }),
        Rings("penalised", Small with
        {
            Regularizer = Regularizer.ElasticNet(1e-4, 1e-2),
            Gradients = GradientTransform.Noise(1e-3).Then(GradientTransform.ClipByGlobalNorm(0.5)),
            Optimizer = Optimizer.Sgd(0.05),
            Averaging = WeightAveraging.Ema(0.9),
            Constraint = Constraint.MaxNorm(2),
        }),
        Rings("data-driven start", Small with { Initializer = Initializer.Lsuv(), Optimizer = Optimizer.Sam(Optimizer.Sgd(0.05), 0.02) }),
        new TrackedFit(
            "weighted",
            Small with { LabelColumnName = "Inner", ExampleWeightColumnName = "Weight", ClassWeights = ClassWeights.Balanced(), Optimizer = Optimizer.Sgd(0.05) },
            ml => ml.Data.LoadFromEnumerable(Samples.Rings(97).Select((point, i) =>
            {
                point.Weight = i % 4;
                return point;
            }).ToList()),
            (ml, options) => ml.BinaryClassification.Trainers.NeuralNetwork(options)),
        new TrackedFit(
            "regression",
            Small with { LabelColumnName = "Radius", RegressionLoss = RegressionLoss.Huber(1), Optimizer = Optimizer.Sgd(0.05, 0.9) },
            ml => Samples.RingsView(ml, 97),
            (ml, options) => ml.Regression.Trainers.NeuralNetwork(options)),
    ];

    /// <summary>All of them as ranks run them.</summary>
    public static IEnumerable<TrackedFit> OnRanks => [.. All, Streamed(1)];

    /// <summary>Batches of so many rows.</summary>
    public static TrackedFit BatchPerRank(int rows) => Rings("batch per rank", Small with { BatchSize = rows });

    /// <summary>Rows that do not fit the memory of a process: with the memory of so many ranks together one process reads them in the same order.</summary>
    public static TrackedFit Streamed(int memories) => new(
        "streamed",
        new NeuralNetworkOptions { Network = Network.Mlp([8]), Optimizer = Optimizer.Sgd(0.05), BatchSize = 600, Epochs = 2, Seed = 3, MaxDataMemory = memories * (1L << 20), DiagnosisEvery = null },
        ml => ml.Data.LoadFromEnumerable(WideRows().ToList()),
        (ml, options) => ml.Regression.Trainers.NeuralNetwork(options));

    private static TrackedFit Rings(string name, NeuralNetworkOptions options) =>
        new(name, options, ml => Samples.RingsView(ml, 97), (ml, chosen) => ml.MulticlassClassification.Trainers.NeuralNetwork(chosen));

    private static IEnumerable<WideRow> WideRows()
    {
        var random = new Random(5);
        for (var i = 0; i < Long + 1; i++)
        {
            var row = new WideRow();
            for (var j = 0; j < Wide; j++)
            {
                row.Features[j] = (float)random.NextDouble();
            }

            row.Label = row.Features[0] - row.Features[1];
            yield return row;
        }
    }

    private sealed class WideRow
    {
        [VectorType(Wide)]
        public float[] Features { get; set; } = new float[Wide];

        public float Label { get; set; }
    }
}
