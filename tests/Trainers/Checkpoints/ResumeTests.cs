using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>A fit that is cancelled and called again ends with the weights of one that never was, bit for bit.</summary>
[Trait("Row", "R17")]
public sealed class ResumeTests
{
    private static readonly Lazy<(double[] Weights, TrainingResult Result)> Whole = new(() => new CheckpointedFit().Run());

    public static TheoryData<int> Moments => [.. Enumerable.Range(1, 20)];

    public static TheoryData<string> Variants => [.. Described.Keys];

    static ResumeTests() => Descriptions.Register<CheckpointingTests.Rising>();

    private static Dictionary<string, CheckpointedFit> Described { get; } = new()
    {
        ["streamed"] = new() { Options = Fit() with { MaxDataMemory = 1 << 20, BatchSize = 64, Epochs = 2 }, Data = WideRows },
        ["without guard"] = new() { Options = Fit() with { Stability = null } },
        ["validation and early stopping"] = new()
        {
            Options = Fit() with { ValidationFraction = 0.3, EarlyStopping = new(patience: 1, minDelta: 0.02), Epochs = 30, Optimizer = Optimizer.Adam(0.01), Averaging = null },
        },
        ["early stopping that goes on"] = new() { Options = Fit() with { ValidationFraction = 0.3, EarlyStopping = new(patience: 20), InputScaling = InputScaling.Robust() } },
        ["stopped after its best epoch"] = new()
        {
            Options = Fit() with
            {
                ValidationFraction = 0.3,
                Stability = null,
                Optimizer = Optimizer.Sgd(new CheckpointingTests.Rising()),
                Callbacks = [Callback.On(epochEnded: (run, epoch) => StopAfter(3, run, epoch))],
            },
        },
        ["sam, swa, layer rules"] = new()
        {
            Options = Fit() with { Averaging = WeightAveraging.Swa(0.3), Optimizer = Optimizer.Sam(Optimizer.Momentum(0.05).ForLayers("output", 0.5).Freeze("hidden1")) },
        },
        ["unfreezing"] = new()
        {
            Options = Fit() with
            {
                Optimizer = Optimizer.AdamW(0.02).Freeze("hidden0", untilEpoch: 2).Freeze("norm0", untilEpoch: 3),
                Gradients = GradientTransform.AdaGc().Then(GradientTransform.AutoClip(60, 8)),
            },
        },
        ["augmentation"] = new() { Options = Fit() with { Augmentation = Augmentation.Images([1, 1, 2], 0.3, 0, noise: 0.1).Then(Augmentation.Noise(0.05)).Then(Augmentation.Mixup(0.4)) } },
        ["roll-backs"] = new()
        {
            Options = Fit() with
            {
                Stability = new() { SnapshotEvery = 2, BadSteps = 1, RateFactor = 0.7 },
                Callbacks = [Callback.On(stepStarting: (run, rows) => rows.Features.mul_(run.Step is 6 or 13 ? double.NaN : 1))],
            },
        },
        ["weight and spectral normalisation"] = new() { Options = Fit() with { Network = Network.Mlp([6], weightNormalization: WeightNormalization.Spectral()) } },
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public void Cancelled_after_any_step_it_goes_on_to_the_same_weights(int moment)
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new Checkpointing(folder.Path);
        var fit = new CheckpointedFit();
        var first = fit.Run(checkpoints, cancelAfter: moment);
        Assert.Equal(StopKind.Cancelled, first.Result.StopReason.Kind);

        var second = fit.Run(checkpoints);

        Assert.Equal(Whole.Value.Weights, second.Weights);
        AssertSame(Whole.Value.Result, second.Result);
        Assert.Contains(fit.Log, line => line.StartsWith($"Checkpointing: resumed after step {moment}, in epoch {((moment - 1) / CheckpointedFit.StepsPerEpoch) + 1}, from {folder.Path}", StringComparison.Ordinal));
        Assert.Empty(fit.Warnings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Cancelled_again_and_again_it_comes_to_its_end(int stepsEach)
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new Checkpointing(folder.Path) { EverySteps = 2, Keep = 1 };
        var fit = new CheckpointedFit();
        (double[] Weights, TrainingResult Result) last;
        do
        {
            last = fit.Run(checkpoints, cancelAfter: stepsEach);
        }
        while (last.Result.StopReason.Kind == StopKind.Cancelled);

        Assert.Equal(Whole.Value.Weights, last.Weights);
        AssertSame(Whole.Value.Result, last.Result);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Whatever_the_options(string variant)
    {
        var fit = Described[variant];
        var whole = fit.Run();
        Assert.Equal(variant == "streamed", fit.Log.Any(line => line.Contains("streamed every epoch", StringComparison.Ordinal)));
        Assert.Equal(variant == "roll-backs", whole.Result.RollBacks > 0);
        Assert.Equal(
            variant switch { "validation and early stopping" => StopKind.EarlyStopped, "stopped after its best epoch" => StopKind.Stopped, _ => StopKind.Completed },
            whole.Result.StopReason.Kind);
        foreach (var moment in new[] { 3, 8, 13 })
        {
            using var folder = new TemporaryFolder();
            var checkpoints = new Checkpointing(folder.Path) { EveryEpochs = null };
            fit.Run(checkpoints, cancelAfter: moment);

            var resumed = fit.Run(checkpoints);

            Assert.Equal(whole.Weights, resumed.Weights);
            AssertSame(whole.Result, resumed.Result);
        }
    }

    [Fact]
    public void A_run_that_is_finished_returns_its_network_at_once_and_says_so()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new Checkpointing(folder.Path);
        var fit = new CheckpointedFit();
        var first = fit.Run(checkpoints);
        Assert.Equal(Whole.Value.Weights, first.Weights);

        var steps = 0;
        var second = fit.Run(checkpoints, atStep: _ => steps++);

        Assert.Equal(0, steps);
        Assert.Equal(first.Weights, second.Weights);
        AssertSame(first.Result, second.Result);
        Assert.Contains(fit.Log, line => line == $"Checkpointing: this run ended after 20 steps; its network is returned from {folder.Checkpoints[^1]}. To train anew, set Resume to false.");

        fit.Run(checkpoints with { Resume = false }, atStep: _ => steps++);
        Assert.Equal(20, steps);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    public void A_drawn_seed_is_taken_over(double validationFraction)
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new Checkpointing(folder.Path);
        var options = Fit() with { Seed = null, ValidationFraction = validationFraction };
        var first = new CheckpointedFit { Options = options, ContextSeed = 1 }.Run(checkpoints, cancelAfter: 7);
        var whole = new CheckpointedFit { Options = options, ContextSeed = 1 }.Run();

        var resumed = new CheckpointedFit { Options = options, ContextSeed = 2 }.Run(checkpoints);

        Assert.NotEqual(first.Result.Seed, new CheckpointedFit { Options = options, ContextSeed = 2 }.Run().Result.Seed);
        Assert.Equal(first.Result.Seed, resumed.Result.Seed);
        Assert.Equal(whole.Weights, resumed.Weights);
        AssertSame(whole.Result, resumed.Result);
    }

    [Fact]
    public void A_callback_of_ones_own_is_restored_too()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new Checkpointing(folder.Path);
        var fit = new CheckpointedFit { Options = Fit() with { Callbacks = [new Slowing()] } };
        var whole = fit.Run();
        fit.Run(checkpoints, cancelAfter: 12);

        Assert.Equal(whole.Weights, fit.Run(checkpoints).Weights);
        Assert.NotEqual(Whole.Value.Weights, whole.Weights);
    }

    /// <summary>More rows than a mebibyte holds, read in two parts of 13 and 11 batches.</summary>
    private static IDataView WideRows(MLContext ml) => ml.Data.LoadFromEnumerable(Samples.Rings(1500).Select(point => new Wide
    {
        Features = [.. Enumerable.Range(0, 300).Select(i => (float)Math.Sin(point.Features[i % 2] * (i + 1)))],
        Ring = point.Ring,
    }).ToList());

    private static void StopAfter(int last, RunControl run, EpochRecord epoch)
    {
        if (epoch.Epoch == last)
        {
            run.Stop("enough");
        }
    }

    private static NeuralNetworkOptions Fit() => new CheckpointedFit().Options;

    private static void AssertSame(TrainingResult expected, TrainingResult actual)
    {
        Assert.Equal(expected.StopReason, actual.StopReason);
        Assert.Equal((expected.Steps, expected.SkippedSteps, expected.Rows, expected.Seed, expected.RollBacks), (actual.Steps, actual.SkippedSteps, actual.Rows, actual.Seed, actual.RollBacks));
        Assert.Equal(expected.Epochs.Select(Timeless), actual.Epochs.Select(Timeless));
        Assert.Equal((expected.InitialTraining, expected.InitialValidation, expected.FinalValidation), (actual.InitialTraining, actual.InitialValidation, actual.FinalValidation));
        Assert.Equal(expected.Incidents.Select(incident => incident.Sentence), actual.Incidents.Select(incident => incident.Sentence));
    }

    private static EpochRecord Timeless(EpochRecord epoch) => epoch with { Duration = TimeSpan.Zero };

    /// <summary>Lowers the rate at every seventh step, and keeps count itself.</summary>
    private sealed record Slowing : Callback
    {
        public override BoundCallback Bind(CallbackScope scope) => new Bound();

        private sealed class Bound : BoundCallback
        {
            private int _steps;

            public override void StepEnded(RunControl run, StepRecord step) => run.RateScale *= ++_steps % 7 == 0 ? 0.5 : 1;

            public override void Exchange(RunState state) => state.Exchange("steps", ref _steps);
        }
    }

    /// <summary>Counts the tensors of the whole process, and so runs while no other test does.</summary>
    [Collection(nameof(Alone))]
    public sealed class Leaks
    {
        [Fact]
        public void Writing_and_going_on_leave_no_tensor_behind()
        {
            var fit = new CheckpointedFit();
            fit.Run();
            var plain = Made(() => fit.Run());
            using var folder = new TemporaryFolder();
            var checkpoints = new Checkpointing(folder.Path) { EverySteps = 1 };
            fit.Run(checkpoints, cancelAfter: 3);

            Assert.Equal(plain, Made(() => fit.Run(checkpoints)));
            Assert.Equal(plain, Made(() => fit.Run(checkpoints)));
        }

        private static long Made(Action fit)
        {
            var before = Live();
            fit();
            return Live() - before;
        }

        private static long Live()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Tensor.TotalCount;
        }
    }

    private sealed class Wide
    {
        [VectorType(300)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Ring { get; set; }
    }
}
