using System.Diagnostics;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Distribution;

/// <summary>The fits of the jobs other than equality.</summary>
internal static class RankFits
{
    public const int PoisonedStep = 24;
    public const int StopStep = 4;
    public const int DriftStep = 3;
    public const int KillStep = 9;

    private static readonly NeuralNetworkOptions Small = new()
    {
        LabelColumnName = "Ring",
        Network = Network.Mlp([16, 8]),
        Optimizer = Optimizer.Adam(0.01),
        BatchSize = 20,
        Epochs = 4,
        Seed = 3,
    };

    /// <summary>With all that is drawn at random: the same seed twice, and no seed at all.</summary>
    public static IReadOnlyList<TrackedFit> Random { get; } =
    [
        Rings("first", Noisy),
        Rings("again", Noisy),
        Rings("unseeded", Noisy with { Seed = null }) with { ContextSeed = null },
    ];

    /// <summary>Features of odd rows, which the second of two ranks holds, are broken in some steps: once, and later three times in a row.</summary>
    public static TrackedFit Poisoned { get; } = Rings("poisoned", Small with
    {
        Epochs = 12,
        Optimizer = Optimizer.Sgd(0.02),
        Callbacks = [Callback.On(stepStarting: (run, rows) =>
        {
            if (run.Step is PoisonedStep or 40 or 41 or 42)
            {
                var odd = rows.RowIds().Select((row, place) => (row, place)).Where(pair => pair.row % 2 == 1).Select(pair => (long)pair.place).ToArray();
                if (odd.Length > 0)
                {
                    rows.Features.index_fill_(0, tensor(odd), float.NaN);
                }
            }
        })],
    });

    /// <summary>A single step through a batch norm.</summary>
    public static TrackedFit Normalized { get; } = Rings("normalised", Small with
    {
        Network = Network.Mlp([4], normalization: Normalization.Batch()),
        BatchSize = 97,
        Epochs = 1,
    });

    /// <summary>A fit to be killed and taken up again; nothing in it depends on which rank holds which row.</summary>
    public static NeuralNetworkOptions Resumable { get; } = Small with
    {
        Optimizer = Optimizer.Sgd(Schedule.OnPlateau(0.02, 0.5, patience: 0, threshold: 0.2).WithWarmup(3), 0.9),
        Gradients = GradientTransform.AutoClip(60, 8).Then(GradientTransform.Noise(1e-4)),
        Averaging = WeightAveraging.Ema(0.8),
        Stability = new() { SnapshotEvery = 3 },
        ValidationFraction = 0.2,
        EarlyStopping = new(patience: 100),
        Seed = null,
    };

    private static NeuralNetworkOptions Noisy => Small with
    {
        Network = Network.Mlp([16, 8], dropout: 0.3, normalization: Normalization.Batch()),
        Augmentation = Augmentation.Noise(0.1),
        Gradients = GradientTransform.Noise(0.01).Then(GradientTransform.ClipByGlobalNorm(1)),
    };

    public static TrackedFit Rings(string name, NeuralNetworkOptions options, int rows = 97) =>
        new(name, options, ml => Samples.RingsView(ml, rows), (ml, chosen) => ml.MulticlassClassification.Trainers.NeuralNetwork(chosen));

    /// <summary>Arguments: the folder of the checkpoints, and whether the last rank is to be killed.</summary>
    public static IEnumerable<FitOutcome> Checkpointed(ProcessGroup here, string folder, string[] arguments)
    {
        var kills = bool.Parse(arguments[1]) && here.Rank == here.Size - 1;
        var options = Resumable with
        {
            Checkpoints = new(arguments[0]) { EverySteps = 1 },
            Callbacks = [Callback.On(stepEnded: (_, step) =>
            {
                if (kills && step.Step == KillStep)
                {
                    Process.GetCurrentProcess().Kill();
                }
            })],
        };
        yield return Rings("checkpointed", options).Run(DataParallel.Mpi());
    }

    /// <summary>What must be the same on all ranks and is not.</summary>
    public static IEnumerable<FitOutcome> Different(ProcessGroup here, string folder, string[] arguments)
    {
        var odd = here.Rank == 1;
        yield return Rings("options", odd ? Small with { BatchSize = 21, Optimizer = Optimizer.Adam(0.02) } : Small).Run(DataParallel.Mpi());
        yield return Rings("rows", Small, odd ? 96 : 97).Run(DataParallel.Mpi());
        yield return Rings("column", odd ? Small with { ExampleWeightColumnName = "Ring" } : Small).Run(DataParallel.Mpi());
        yield return (Rings("bad row", Small) with
        {
            Data = ml => ml.Data.LoadFromEnumerable(Samples.Rings(97).Select((point, i) =>
            {
                point.Features[0] = odd && i == 50 ? float.NaN : point.Features[0];
                return point;
            }).ToList()),
        }).Run(DataParallel.Mpi());
        FitOutcome? inner = null;
        Rings("outer", Small with { Epochs = 1, Callbacks = [Callback.On(epochEnded: (_, _) => inner = Rings("inner", Small).Run(DataParallel.Mpi()))] }).Run(DataParallel.Mpi());
        yield return inner!;
    }

    /// <summary>A callback changes weights on one rank alone.</summary>
    public static IEnumerable<FitOutcome> Drifting(ProcessGroup here, string folder, string[] arguments)
    {
        yield return Rings("drifting", Small with { Callbacks = [new Shift(here.Rank == 1)] }).Run(DataParallel.Mpi(checkEvery: 5));
    }

    /// <summary>One rank alone wants the run to end.</summary>
    public static IEnumerable<FitOutcome> Ended(ProcessGroup here, string folder, string[] arguments)
    {
        using var source = new CancellationTokenSource();
        var odd = here.Rank == 1;
        yield return Rings("stopped", Small with { Callbacks = [Callback.On(stepEnded: (run, step) => Act(step.Step, () => run.Stop("enough.")))] }).Run(DataParallel.Mpi());
        yield return Rings("stopped after an epoch", Small with { Callbacks = [Callback.On(epochEnded: (run, epoch) => Act(epoch.Epoch + StopStep - 2, () => run.Stop("enough.")))] }).Run(DataParallel.Mpi());
        yield return Rings("cancelled", Small with { CancellationToken = source.Token, Callbacks = [Callback.On(stepEnded: (_, step) => Act(step.Step, source.Cancel))] }).Run(DataParallel.Mpi());

        void Act(long moment, Action action)
        {
            if (odd && moment == StopStep)
            {
                action();
            }
        }
    }

    /// <summary>A callback throws on one rank, whose program goes on to its end.</summary>
    public static IEnumerable<FitOutcome> Failing(ProcessGroup here, string folder, string[] arguments)
    {
        yield return Rings("failing", Small with
        {
            Callbacks = [Callback.On(stepEnded: (_, step) =>
            {
                if (here.Rank == 1 && step.Step == StopStep)
                {
                    throw new InvalidOperationException("out of paper");
                }
            })],
        }).Run(DataParallel.Mpi());
    }

    private sealed record Shift(bool Acts) : Callback
    {
        public override BoundCallback Bind(CallbackScope scope) => new Bound(scope, Acts);

        private sealed class Bound(CallbackScope scope, bool acts) : BoundCallback
        {
            public override void StepEnded(RunControl run, StepRecord step)
            {
                if (acts && step.Step == DriftStep)
                {
                    scope.Network.parameters().First().add_(1e-6);
                }
            }
        }
    }
}
