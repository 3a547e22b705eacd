namespace MLNet.GradStability.Benchmarks.Hostile;

/// <summary>The tasks of the suite.</summary>
internal static class HostileTasks
{
    private const double LargeScale = 1e6;
    private const double LargeFeature = 1e9;

    // The noise of Friedman's own examples.
    private const double Noise = 1;

    public static IReadOnlyList<HostileTask> All { get; } =
    [
        Digits("relu-20", 20),
        Digits("relu-50", 50),
        Digits("relu-100", 100),
        Digits("tanh-20", 20) with { Activation = "tanh" },
        Digits("tanh-40", 40) with { Activation = "tanh" },
        new("diabetes-raw", Data.Diabetes, Plain(3), 20) { Share = 0.8 },
        Digits("features-1e6", 3) with { Rows = seed => Data.Digits(seed).Scaled(x => [.. x.Select(value => (float)(value * LargeScale))]), CleanRows = Data.Digits },
        Digits("one-feature-1e9", 3) with { Rows = seed => Data.Digits(seed).Scaled(WithLargeFeature(seed)), CleanRows = Data.Digits },
        Bad("nan-adam", BadBatch.Nan, "adam", 1e-3),
        Bad("nan-sgd", BadBatch.Nan, "sgd", 0.05),
        Bad("input-1e4-adam", BadBatch.Input, "adam", 1e-3),
        Bad("input-1e4-sgd", BadBatch.Input, "sgd", 0.05),
        BadLabels("label-30-adam", "adam", 1e-3),
        BadLabels("label-30-sgd", "sgd", 0.05),
        Digits("rate-10x", 20) with { Rate = 1e-2, FixesOptimizer = true },
        Digits("sgd-rate-1", 10) with { Optimizer = "sgd", Rate = 1, FixesOptimizer = true },
        Digits("normal-0.3", 50) with { InitialStd = 0.3 },
        new("batch-1", seed => Few(Data.Digits(seed)), Plain(3), 10) { BatchSize = 1 },
        new("batch-4096", Data.Digits, Plain(3), 300) { BatchSize = 4096 },
        new("cauchy", seed => Data.Friedman(seed, random => Noise * Math.Tan(Math.PI * (random.NextDouble() - 0.5))), Plain(3), 40)
        {
            CleanRows = seed => Data.Friedman(seed, _ => 0),
            Share = 0.8,
        },
        new("imbalance-99", Data.Rare, Plain(3), 40) { Share = 0.8 },
    ];

    private static int[] Plain(int depth) => [.. Enumerable.Repeat(64, depth)];

    private static HostileTask Digits(string name, int depth) => new(name, Data.Digits, Plain(depth), 20);

    private static HostileTask Bad(string name, BadBatch kind, string optimizer, double rate) =>
        Digits(name, 3) with { Bad = kind, Optimizer = optimizer, Rate = rate, FixesOptimizer = true, Epochs = 27 };

    private static HostileTask BadLabels(string name, string optimizer, double rate) =>
        new(name, seed => Data.Friedman(seed, _ => 0), Plain(3), 40) { Bad = BadBatch.Label, Optimizer = optimizer, Rate = rate, FixesOptimizer = true };

    private static TaskRows Few(TaskRows rows) => rows with { Train = new(rows.Train.X[..400], rows.Train.Y[..400]) };

    private static Func<float[], float[]> WithLargeFeature(int seed)
    {
        var random = new Random(seed);
        return x => [.. x, (float)(LargeFeature * (0.5 + random.NextDouble()))];
    }
}
