namespace MLNet.GradStability.Tests.Optimizers;

/// <summary>One of every kind, for tests by table.</summary>
internal static class Kinds
{
    /// <summary>The optimisers of tests/Reference/optimizers, with its options.</summary>
    public static readonly Dictionary<string, Func<Schedule, Optimizer>> Referenced = new()
    {
        ["sgd"] = rate => Optimizer.Sgd(rate),
        ["momentum"] = rate => Optimizer.Momentum(rate),
        ["nesterov"] = rate => Optimizer.Nesterov(rate, 0.8),
        ["adam"] = rate => Optimizer.Adam(rate),
        ["adamw"] = rate => Optimizer.AdamW(rate, 0.1, 0.8, 0.99),
        ["nadam"] = rate => Optimizer.NAdam(rate),
        ["radam"] = rate => Optimizer.RAdam(rate),
        ["rmsprop"] = rate => Optimizer.RmsProp(rate),
        ["rmsprop-centered"] = rate => Optimizer.RmsProp(rate, 0.9, momentum: 0.5, centered: true),
        ["adagrad"] = rate => Optimizer.Adagrad(rate, 0.1),
        ["lion"] = rate => Optimizer.Lion(rate, 0.1),
        ["local-global-sgd"] = rate => Optimizer.LocalGlobalSgd(rate, 2),
    };

    /// <summary>The schedules of tests/Reference/optimizers, from their first or highest rate.</summary>
    public static readonly Dictionary<string, Func<double, Schedule>> Schedules = new()
    {
        ["constant"] = Schedule.Constant,
        ["step"] = rate => Schedule.Step(rate, 3, 0.5),
        ["step-per-epoch"] = rate => Schedule.Step(rate, 2, 0.5).PerEpoch(),
        ["multi-step"] = rate => Schedule.MultiStep(rate, [2, 7], 0.3),
        ["exponential"] = rate => Schedule.Exponential(rate, 0.8),
        ["polynomial"] = rate => Schedule.Polynomial(rate, 2),
        ["cosine"] = rate => Schedule.Cosine(rate, 1e-3),
        ["cosine-restarts"] = rate => Schedule.CosineRestarts(rate, 2, 2, 1e-3),
        ["one-cycle"] = rate => Schedule.OneCycle(rate),
        ["inverse-sqrt"] = rate => Schedule.InverseSqrt(rate, 3),
        ["warmup-cosine"] = rate => Schedule.WarmupCosine(rate, 2),
        ["exponential-warmup"] = rate => Schedule.Exponential(rate, 0.8).WithWarmup(2),
        ["plateau"] = rate => Schedule.OnPlateau(rate, 0.5, patience: 0, threshold: 0.3, cooldown: 1),
    };

    /// <summary>One optimiser for each kind name in JSON, and two wrappers.</summary>
    public static readonly Dictionary<string, Optimizer> Optimizers = new()
    {
        ["sgd"] = Optimizer.Nesterov(0.05),
        ["adam"] = Optimizer.Adam(0.01),
        ["adamw"] = Optimizer.AdamW(Schedule.WarmupCosine(0.01, 3)),
        ["nadam"] = Optimizer.NAdam(0.01),
        ["radam"] = Optimizer.RAdam(0.01),
        ["rmsprop"] = Optimizer.RmsProp(0.01, momentum: 0.5, centered: true),
        ["adagrad"] = Optimizer.Adagrad(0.05),
        ["lion"] = Optimizer.Lion(0.001, 0.1),
        ["local-global-sgd"] = Optimizer.LocalGlobalSgd(5),
        ["sam"] = Optimizer.Sam(Optimizer.Momentum(0.05).ForLayers("output", 0.5), 0.1).ForLayers("hidden0*", 2, 0.01),
    };

    /// <summary>One schedule for each kind name in JSON.</summary>
    public static readonly Dictionary<string, Schedule> ByKind = new()
    {
        ["constant"] = 0.01,
        ["warmup-cosine"] = Schedule.WarmupCosine(0.01, 5, 1e-4),
        ["step"] = Schedule.Step(0.01, 7),
        ["multi-step"] = Schedule.MultiStep(0.01, [3, 9, 20]),
        ["exponential"] = Schedule.Exponential(0.01, 0.99),
        ["polynomial"] = Schedule.Polynomial(0.01, 2, 1e-4),
        ["cosine"] = Schedule.Cosine(0.01, 1e-4),
        ["cosine-restarts"] = Schedule.CosineRestarts(0.01, 5, 2, 1e-4),
        ["one-cycle"] = Schedule.OneCycle(0.01),
        ["inverse-sqrt"] = Schedule.InverseSqrt(0.01, 10),
        ["on-plateau"] = Schedule.OnPlateau(0.01, patience: 1),
        ["warmup"] = Schedule.OnPlateau(0.01).WithWarmup(4),
        ["per-epoch"] = Schedule.Step(0.01, 2).PerEpoch(),
    };

    /// <summary>One average for each kind name in JSON.</summary>
    public static readonly Dictionary<string, WeightAveraging> Averages = new()
    {
        ["ema"] = WeightAveraging.Ema(0.9),
        ["swa"] = WeightAveraging.Swa(0.5),
    };
}
