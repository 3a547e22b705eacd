using MLNet.GradStability.Tests.Optimizers;

namespace MLNet.GradStability.Tests;

/// <summary>Everything that remembers something from step to step hands it over: going back, and going on elsewhere, change not a bit.</summary>
[Trait("Row", "R17")]
public sealed class RunStateContractTests
{
    private const int Taken = 7;
    private static readonly Schedule Plateau = Schedule.OnPlateau(0.01, 0.5, patience: 1);

    public static IEnumerable<object[]> All =>
    [
        .. Of("optimizer", OptimizerContractTests.OptimizerKinds),
        .. Of("schedule", OptimizerContractTests.ScheduleKinds),
        .. Of("average", OptimizerContractTests.AverageKinds),
        .. Of("gradients", GradientContractTests.Kinds),
    ];

    public static IEnumerable<object[]> Remembering =>
    [
        .. Kinds.Optimizers.Keys.Where(kind => kind != "local-global-sgd").Select(kind => new object[] { "optimizer", kind }),
        .. new[] { "on-plateau", "warmup", "per-epoch" }.Select(kind => new object[] { "plateau", kind }),
        .. Kinds.Averages.Keys.Select(kind => new object[] { "average", kind }),
        .. new[] { "auto-clip", "z-clip", "ada-gc", "spam-clip", "chain", "where", "noise" }.Select(kind => new object[] { "gradients", kind }),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void Going_back_in_place_repeats_the_steps(string noun, string kind)
    {
        using var run = Create(noun, kind).Steps(0, Taken);
        using var snapshot = new StateSnapshot();
        snapshot.Capture(run.Exchange);
        var first = run.Steps(Taken, SmallNet.Steps).Bytes();

        snapshot.Restore(run.Exchange);

        Assert.Equal(first, run.Steps(Taken, SmallNet.Steps).Bytes());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_fresh_run_goes_on_where_a_written_one_was(string noun, string kind)
    {
        using var run = Create(noun, kind).Steps(0, Taken);
        using var snapshot = StateSnapshot.Read(new MemoryStream(run.Bytes()));
        using var fresh = Create(noun, kind);

        snapshot.Restore(fresh.Exchange);

        Assert.Equal(run.Steps(Taken, SmallNet.Steps).Bytes(), fresh.Steps(Taken, SmallNet.Steps).Bytes());
        Assert.Equal(run.Average, fresh.Average);
    }

    [Theory]
    [MemberData(nameof(Remembering))]
    public void What_is_remembered_makes_a_difference(string noun, string kind)
    {
        using var run = Create(noun, kind).Steps(0, Taken);
        using var snapshot = new StateSnapshot();
        snapshot.Capture(run.ExchangeWeights);
        using var forgetful = Create(noun, kind);

        snapshot.Restore(forgetful.ExchangeWeights);

        Assert.NotEqual(run.Steps(Taken, SmallNet.Steps).Average, forgetful.Steps(Taken, SmallNet.Steps).Average);
    }

    private static IEnumerable<object[]> Of(string noun, IEnumerable<object[]> kinds) => kinds.Select(kind => new[] { noun, kind[0] });

    private static SmallRun Create(string noun, string kind) => noun switch
    {
        "optimizer" => new(optimizer: Kinds.Optimizers[kind], gradients: GradientTransform.ClipByGlobalNorm(1)),
        "schedule" => new(optimizer: Optimizer.Sgd(Kinds.ByKind[kind]), gradients: GradientTransform.ClipByGlobalNorm(1)),
        "plateau" => new(Optimizer.Sgd(kind switch { "warmup" => Plateau.WithWarmup(1), "per-epoch" => Plateau.PerEpoch(), _ => Plateau }), GradientTransform.ClipByGlobalNorm(1)),
        "average" => new(optimizer: Optimizer.Sgd(0.01), gradients: GradientTransform.ClipByGlobalNorm(1), averaging: Kinds.Averages[kind]),
        _ => new(optimizer: Optimizer.Sgd(0.01), gradients: GradientContractTests.All[kind]),
    };
}
