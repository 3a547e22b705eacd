namespace MLNet.GradStability.Tests.Optimizers;

/// <summary>Every number is checked where it is set; the message says what must hold, what was given and what to do.</summary>
public sealed class OptionRangeTests
{
    public static IEnumerable<object[]> Faults =>
    [
        Fault(() => Optimizer.Sgd(0), "Schedule.Constant: rate must be finite and greater than 0; got 0. Usual rates are 1e-4 to 1e-2 for Adam, 1e-2 to 1e-1 for SGD."),
        Fault(() => Optimizer.Sgd(null!), "Optimizer.Sgd: rate must be given; got null. Give a number such as 0.001 or a Schedule."),
        Fault(() => Optimizer.Sgd(1, 1), "Optimizer.Sgd: momentum must be at least 0 and below 1; got 1. The usual value is 0.9; leave it out for plain gradient descent."),
        Fault(() => Optimizer.Sgd(1, nesterov: true), "Optimizer.Sgd: nesterov must go with a momentum above 0; got True. Give a momentum such as 0.9, or leave nesterov out."),
        Fault(() => Optimizer.Momentum(1, 0), "Optimizer.Momentum: momentum must be above 0 and below 1; got 0. The usual value is 0.9; for none, use Optimizer.Sgd."),
        Fault(() => Optimizer.Nesterov(1, double.NaN), "Optimizer.Nesterov: momentum must be above 0 and below 1; got NaN. The usual value is 0.9; for none, use Optimizer.Sgd."),
        Fault(() => Optimizer.Adam(1, beta1: -0.1), "Optimizer.Adam: beta1 must be at least 0 and below 1; got -0.1. The usual value is 0.9."),
        Fault(() => Optimizer.Adam(1, beta2: 1), "Optimizer.Adam: beta2 must be at least 0 and below 1; got 1. The usual value is 0.999."),
        Fault(() => Optimizer.Adam(1, epsilon: 0), "Optimizer.Adam: epsilon must be finite and greater than 0; got 0. The usual value is 1e-8."),
        Fault(() => Optimizer.AdamW(1, -1), "Optimizer.AdamW: weightDecay must be finite and 0 or greater; got -1. The usual value is 0.01; null chooses it by the length of the run."),
        Fault(() => Optimizer.NAdam(1, momentumDecay: -1), "Optimizer.NAdam: momentumDecay must be finite and 0 or greater; got -1. The usual value is 0.004."),
        Fault(() => Optimizer.RAdam(1, epsilon: double.PositiveInfinity), "Optimizer.RAdam: epsilon must be finite and greater than 0; got Infinity. The usual value is 1e-8."),
        Fault(() => Optimizer.RmsProp(1, alpha: 2), "Optimizer.RmsProp: alpha must be at least 0 and below 1; got 2. The usual value is 0.99."),
        Fault(() => Optimizer.Adagrad(1, -1), "Optimizer.Adagrad: initialSum must be finite and 0 or greater; got -1. Leave it out to start at 0."),
        Fault(() => Optimizer.Lion(1, beta1: 1), "Optimizer.Lion: beta1 must be at least 0 and below 1; got 1. The usual value is 0.9."),
        Fault(() => Optimizer.LocalGlobalSgd(1, -1), "Optimizer.LocalGlobalSgd: alpha must be finite and 0 or greater; got -1. The default is 1; 0 moves both parts alike."),
        Fault(() => Optimizer.Sam(Optimizer.Sgd(1), 0), "Optimizer.Sam: rho must be finite and greater than 0; got 0. The usual value is 0.05; to train without it, use the inner optimiser alone."),
        Fault(() => Optimizer.Sam(null!), "Optimizer.Sam: inner must be given; got null. Give one such as Optimizer.Momentum(0.1)."),
        Fault(() => Optimizer.Adam(1).ForLayers("x", 0), "Optimizer.ForLayers: rateScale must be finite and greater than 0; got 0. To keep layers as they are, use Freeze."),
        Fault(() => Optimizer.Adam(1).ForLayers("x", weightDecay: -1), "Optimizer.ForLayers: weightDecay must be finite and 0 or greater; got -1. Leave it out to keep the optimiser's own decay."),
        Fault(() => Optimizer.Adam(1).Freeze(" "), "Optimizer.Freeze: pattern must not be empty; got \" \". Give a layer name such as \"hidden*\"."),
        Fault(() => Schedule.Step(1, 0), "Schedule.Step: every must be 1 or greater; got 0. Give the steps between two changes."),
        Fault(() => Schedule.Step(1, 1, 1.5), "Schedule.Step: factor must be above 0 and at most 1; got 1.5. The usual value is 0.1."),
        Fault(() => Schedule.MultiStep(1, []), "Schedule.MultiStep: at must hold at least one step; got []. For a rate that does not change, use Schedule.Constant."),
        Fault(() => Schedule.MultiStep(1, [5, 5]), "Schedule.MultiStep: at must rise from 1 on; got [5, 5]. Give steps such as [1000, 2000]."),
        Fault(() => Schedule.Exponential(1, 0), "Schedule.Exponential: factor must be above 0 and at most 1; got 0. Usual values are 0.99 to 0.9999 a step."),
        Fault(() => Schedule.Polynomial(1, 0), "Schedule.Polynomial: power must be finite and greater than 0; got 0. The usual values are 1 and 2."),
        Fault(() => Schedule.Cosine(1, -1), "Schedule.Cosine: final must be finite and 0 or greater; got -1. Leave it out to end at 0."),
        Fault(() => Schedule.CosineRestarts(1, 0), "Schedule.CosineRestarts: period must be 1 or greater; got 0. Give the steps of the first fall."),
        Fault(() => Schedule.CosineRestarts(1, 1, 0), "Schedule.CosineRestarts: growth must be 1 or greater; got 0. The usual values are 1 and 2."),
        Fault(() => Schedule.OneCycle(1, 1), "Schedule.OneCycle: rise must be above 0 and below 1; got 1. The usual value is 0.3."),
        Fault(() => Schedule.OneCycle(1, startFactor: 0.5), "Schedule.OneCycle: startFactor must be finite and 1 or greater; got 0.5. The usual value is 25."),
        Fault(() => Schedule.InverseSqrt(1, 0), "Schedule.InverseSqrt: timescale must be 1 or greater; got 0. Usual values are the steps of warm-up."),
        Fault(() => Schedule.OnPlateau(1, 1), "Schedule.OnPlateau: factor must be above 0 and below 1; got 1. Usual values are 0.1 and 0.5."),
        Fault(() => Schedule.OnPlateau(1, patience: -1), "Schedule.OnPlateau: patience must be 0 or greater; got -1. Give 0 to lower the rate after every epoch without improvement."),
        Fault(() => Schedule.OnPlateau(1, minRate: 2), "Schedule.OnPlateau: minRate must be at most the rate; got 2. Leave it out for 0."),
        Fault(() => Schedule.Constant(1).WithWarmup(0), "Schedule.WithWarmup: steps must be 1 or greater; got 0. To start at the full rate, leave the warm-up out."),
        Fault(() => WeightAveraging.Ema(1), "WeightAveraging.Ema: decay must be at least 0 and below 1; got 1. Usual values are 0.99 to 0.9999."),
        Fault(() => WeightAveraging.Swa(1), "WeightAveraging.Swa: startFraction must be at least 0 and below 1; got 1. The usual value is 0.75."),
        Fault(() => new LearningRateSearch(0, 1, 100), "FindLearningRate: from must be finite and greater than 0; got 0. The usual value is 1e-7."),
        Fault(() => new LearningRateSearch(1, 1, 100), "FindLearningRate: to must be finite and greater than from; got 1. The usual value is 10."),
        Fault(() => new LearningRateSearch(1, 2, 9), "FindLearningRate: steps must be 10 or greater; got 9. The usual value is 100."),
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_number_out_of_range_is_refused(Func<object> make, string message)
    {
        var error = Assert.ThrowsAny<ArgumentException>(make);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static object[] Fault(Func<object> make, string message) => [make, message];
}
