using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>A schedule whose rate is still to be set.</summary>
internal delegate Schedule ScheduleDraft(double rate);

internal static class Schedules
{
    public static readonly KindTable<ScheduleDraft> Table = new("schedules", "--schedule",
    [
        new("warmup-cosine", "warmup=50,final=0", "rises over so many steps, then falls along half a cosine (default)", a => Tried(rate => Schedule.WarmupCosine(rate, a.Integer("warmup"), a.Number("final")))),
        new("constant", "warmup=0", "the same rate always", a => WithWarmup(a, rate => Schedule.Constant(rate))),
        new("cosine", "final=0,warmup=0", "falls along half a cosine", a => WithWarmup(a, rate => Schedule.Cosine(rate, a.Number("final")))),
        new("cosine-restarts", "period,growth=1,warmup=0", "a cosine that starts anew every so many steps", a => WithWarmup(a, rate => Schedule.CosineRestarts(rate, a.Integer("period"), a.Integer("growth")))),
        new("one-cycle", "rise=0.3", "rises to the rate over a share of the run, then falls very low", a => Tried(rate => Schedule.OneCycle(rate, a.Number("rise")))),
        new("step", "every,factor=0.1,warmup=0", "falls by a factor every so many steps", a => WithWarmup(a, rate => Schedule.Step(rate, a.Integer("every"), a.Number("factor")))),
        new("exponential", "factor,warmup=0", "falls by a factor after each step", a => WithWarmup(a, rate => Schedule.Exponential(rate, a.Number("factor")))),
        new("polynomial", "power=1,final=0,warmup=0", "falls along a line or power to the end", a => WithWarmup(a, rate => Schedule.Polynomial(rate, a.Number("power"), a.Number("final")))),
        new("inverse-sqrt", "timescale,warmup=0", "falls with the root of time", a => WithWarmup(a, rate => Schedule.InverseSqrt(rate, a.Integer("timescale")))),
        new("on-plateau", "factor=0.1,patience=10,warmup=0", "falls when the loss no longer improves", a => WithWarmup(a, rate => Schedule.OnPlateau(rate, a.Number("factor"), a.Integer("patience")))),
    ]);

    /// <summary>The library's default.</summary>
    public static ScheduleDraft Default => rate => Schedule.WarmupCosine(rate, 50);

    private static ScheduleDraft WithWarmup(Arguments arguments, ScheduleDraft draft) =>
        arguments.Integer("warmup") == 0 ? Tried(draft) : Tried(rate => draft(rate).WithWarmup(arguments.Integer("warmup")));

    // At once, so that wrong numbers are told before any data is read.
    private static ScheduleDraft Tried(ScheduleDraft draft)
    {
        draft(1e-3);
        return draft;
    }
}
