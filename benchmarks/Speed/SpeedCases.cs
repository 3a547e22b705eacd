namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>The cases and their goals: 1.7 times PyTorch where what lies around the products costs most, 1.05 where the products do.</summary>
internal static class SpeedCases
{
    private static readonly NetSpec Small = NetSpec.Mlp(64, 128, 64);
    private static readonly NetSpec Deep = NetSpec.Mlp(64, [.. Enumerable.Repeat(64, 50)]);
    private static readonly NetSpec Wide = NetSpec.Mlp(784, 512, 512);

    public static IReadOnlyList<SpeedCase> All { get; } =
    [
        new TrainingCase("MLP 64-128-64-10, batch 32", Small, 32, 1500, Goal.AtLeast(1.7)),
        new TrainingCase("MLP 784-512-512-10, batch 128", Wide, 128, 160, Goal.AtLeast(1.05)),
        new TrainingCase("MLP 50 × 64, batch 64", Deep, 64, 200, Goal.AtLeast(1.7)),
        new TrainingCase("CNN 8×8, batch 64", NetSpec.Cnn(8, 32), 64, 120, Goal.AtLeast(1.05)),
        new TrainingCase("CNN 28×28, batch 64", NetSpec.Cnn(28, 16), 64, 40, Goal.AtLeast(1.05)),
        new TrainingCase("ResNet-18 8×8, width 16, batch 64", NetSpec.ResNet(8, 16), 64, 40, Goal.AtLeast(1.05)),
        new TrainingCase("ResNet-18 28×28, width 8, batch 32", NetSpec.ResNet(28, 8), 32, 40, Goal.AtLeast(1.05)),
        new TrainingCase("LSTM T=50 H=128, batch 64", NetSpec.Lstm(50, 8, 128), 64, 40, Goal.AtLeast(1.05)),
        new TrainingCase("tabular ResNet 50-128×3, batch 128", NetSpec.Tabular(50, 128, 3), 128, 150, Goal.AtLeast(1.05)),
        new TrainingCase("MLP 64-128-64-10, batch 32 × 4 accumulated", Small, 32, 400, Goal.AtLeast(1.7), Accumulate: 4),
        new ChainCase("clip and Adam of MLP 50 × 64", Deep, 64, 150, Goal.AtMost(1.0 / 8)),
        .. ((int[])[10, 50, 100, 200]).Select(depth => new TrainingCase($"depth {depth} × 64, batch 64", NetSpec.Mlp(64, [.. Enumerable.Repeat(64, depth)]), 64, 6000 / depth, null)),
        .. ((int[])[64, 256, 1024]).Select(width => new TrainingCase($"64-{width}-{width}-10, batch 64", NetSpec.Mlp(64, width, width), 64, 20_000 / width, null)),
        new PeakShareCase("share of sgemm, 784-512-512-10, batch 128", Wide, 128, 80),
        Watching("64-128-64-10", Small, 32, 1000),
        Watching("50 × 64", Deep, 64, 200),
        new FeatureCostCase("50 × 64, clipper", Deep, 64, 100, options => options with { Gradients = null }, Clippers),
        new AllocationCase("managed memory, 64-128-64-10", Small, 32, 300),
        new AllocationCase("managed memory, 50 × 64", Deep, 64, 100),
        new LoadingCase("1 M rows × 50, 50-256-128-10, batch 128", NetSpec.Mlp(50, 256, 128), 1_000_000, 128, Goal.AtMost(0.1)),
        new ScoringCase("scoring 1 M rows, 64-128-64-10", Small, 1_000_000, 1024, Goal.AtLeast(0.9)),
        new ScoringCase("scoring 100 k rows, 784-512-512-10", Wide, 100_000, 1024, Goal.AtLeast(0.9)),
        new LatencyCase("one row, 64-128-64-10", Small, 5000, Goal.AtMost(100)),
        new ModelFileCase("model 784-512-512-10", Wide),
        new MemoryCase("memory", 200_000, 5),
    ];

    private static FeatureCostCase Watching(string name, NetSpec net, int batch, int steps)
    {
        var standard = new NeuralNetworkOptions();
        return new(
            name,
            net,
            batch,
            steps,
            options => options with { Stability = null, DiagnosisEvery = null },
            [
                new("guard", options => options with { Stability = standard.Stability }, Goal.AtMost(1.03)),
                new("diagnosis", options => options with { DiagnosisEvery = standard.DiagnosisEvery }, Goal.AtMost(1.02)),
            ]);
    }

    private static PricedFeature[] Clippers =>
    [
        Clipper("ClipByValue", GradientTransform.ClipByValue(-1, 1)),
        Clipper("ClipByNorm", GradientTransform.ClipByNorm(1)),
        Clipper("ClipByGlobalNorm", GradientTransform.ClipByGlobalNorm(1)),
        Clipper("Adaptive", GradientTransform.Adaptive()),
        Clipper("AutoClip", GradientTransform.AutoClip()),
        Clipper("ZClip", GradientTransform.ZClip()),
        Clipper("AdaGc", GradientTransform.AdaGc()),
        Clipper("SpamClip", GradientTransform.SpamClip()),
    ];

    private static PricedFeature Clipper(string name, GradientTransform clipper) => new(name, options => options with { Gradients = clipper });
}
