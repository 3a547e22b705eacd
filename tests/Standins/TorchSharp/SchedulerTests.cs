using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Schedules = TorchSharp.torch.optim.lr_scheduler;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

/// <summary>Schedules of the learning rate against PyTorch's.</summary>
public class SchedulerTests
{
    private static readonly double[] Metric = [1.0, 0.8, 0.8, 0.8, 0.8, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.4];

    private static readonly Dictionary<string, Func<optim.Optimizer, Schedules.LRScheduler>> Makers = new()
    {
        ["step"] = o => Schedules.StepLR(o, 3, 0.5),
        ["multi_step"] = o => Schedules.MultiStepLR(o, [2, 5], 0.5),
        ["exponential"] = o => Schedules.ExponentialLR(o, 0.9),
        ["cosine"] = o => Schedules.CosineAnnealingLR(o, 5, 0.01),
        ["lambda"] = o => Schedules.LambdaLR(o, e => 1.0 / (1 + e)),
        ["one_cycle"] = o => Schedules.OneCycleLR(o, 0.2, 14),
        ["one_cycle_linear"] = o => Schedules.OneCycleLR(o, 0.2, 14, three_phase: true, cycle_momentum: false,
            anneal_strategy: Schedules.impl.OneCycleLR.AnnealStrategy.Linear),
        ["plateau"] = o => Schedules.ReduceLROnPlateau(o, factor: 0.5, patience: 2),
        ["plateau_max"] = o => Schedules.ReduceLROnPlateau(o, "max", 0.5, 1, cooldown: 2, min_lr: [0.02], threshold_mode: "abs"),
    };

    public static IEnumerable<object[]> Names => Reference.Names("schedulers.json");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_schedule_gives_PyTorchs_rates(string name)
    {
        using var optimizer = optim.SGD([new Parameter(torch.zeros(1))], 0.1, momentum: 0.9);
        var scheduler = Makers[name](optimizer);
        var expected = Reference.Read("schedulers.json").GetProperty(name);
        foreach (var (rate, metric) in expected.GetProperty("rates").EnumerateArray().Zip(Metric))
        {
            if (name.StartsWith("plateau"))
                scheduler.step(metric);
            else
                scheduler.step();
            Assert.Equal(rate.GetDouble(), optimizer.ParamGroups.Single().LearningRate, 12);
        }
        if (name == "one_cycle")
            Assert.Equal(expected.GetProperty("momentum").GetDouble(), ((optim.IMomentum)optimizer.ParamGroups.Single()).Momentum, 12);
    }

    [Fact]
    public void A_given_step_is_computed_from_the_start()
    {
        using var optimizer = optim.SGD([new Parameter(torch.zeros(1))], 1.0);
        var scheduler = Schedules.ExponentialLR(optimizer, 0.5);
        scheduler.step(3);
        Assert.Equal(0.125, optimizer.ParamGroups.Single().LearningRate);
        Assert.Equal([0.125], scheduler.get_last_lr());
    }
}
