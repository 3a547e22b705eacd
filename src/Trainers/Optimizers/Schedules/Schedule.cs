namespace MLNet.GradStability;

/// <summary>
/// Describes the learning rate as a function of the step. A plain number converts to a constant rate. Every kind counts in steps (updates of
/// the weights), from 0; <see cref="PerEpoch"/> makes one count in epochs.
/// </summary>
/// <remarks>For a schedule of your own, derive from it and write <see cref="RateAt"/>; one that learns from the run overrides <see cref="Bind"/> too.</remarks>
public abstract record Schedule
{
    /// <summary>The same rate at every step.</summary>
    /// <param name="rate">The rate; finite and greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not finite or not greater than 0.</exception>
    public static Schedule Constant(double rate) => new ConstantSchedule(rate);

    /// <summary>
    /// Rises linearly from peak/warmupSteps to <paramref name="peak"/> over the first <paramref name="warmupSteps"/> steps, then falls along
    /// half a cosine towards <paramref name="final"/> at the end of the run (Loshchilov and Hutter 2017, arXiv:1608.03983; warm-up: arXiv:1706.02677).
    /// </summary>
    /// <param name="peak">The highest rate; finite and greater than 0.</param>
    /// <param name="warmupSteps">Steps of warm-up, 0 or greater. In a run shorter than five times this, a fifth of the run is used.</param>
    /// <param name="final">The rate at the end; finite, 0 or greater; default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Schedule WarmupCosine(double peak, int warmupSteps, double final = 0) => new WarmupCosineSchedule(peak, warmupSteps, final);

    /// <summary>Multiplies the rate by <paramref name="factor"/> every <paramref name="every"/> steps: rate·factor^⌊step/every⌋ (torch's StepLR).</summary>
    /// <param name="rate">The first rate; finite and greater than 0.</param>
    /// <param name="every">Steps between two changes, 1 or more; epochs under <see cref="PerEpoch"/>.</param>
    /// <param name="factor">The factor, 0 &lt; factor ≤ 1; default 0.1.</param>
    public static Schedule Step(double rate, int every, double factor = 0.1) => new StepSchedule(rate, every, factor);

    /// <summary>Multiplies the rate by <paramref name="factor"/> at each of the given steps (torch's MultiStepLR).</summary>
    /// <param name="rate">The first rate; finite and greater than 0.</param>
    /// <param name="at">The steps at which the rate changes, rising, 1 or more each; epochs under <see cref="PerEpoch"/>.</param>
    /// <param name="factor">The factor, 0 &lt; factor ≤ 1; default 0.1.</param>
    public static Schedule MultiStep(double rate, IReadOnlyList<int> at, double factor = 0.1) => new MultiStepSchedule(rate, at, factor);

    /// <summary>Multiplies the rate by <paramref name="factor"/> after every step: rate·factor^step (torch's ExponentialLR).</summary>
    /// <param name="rate">The first rate; finite and greater than 0.</param>
    /// <param name="factor">The factor of one step (of one epoch under <see cref="PerEpoch"/>), 0 &lt; factor ≤ 1: 0.999 halves the rate in 693 steps.</param>
    public static Schedule Exponential(double rate, double factor) => new ExponentialSchedule(rate, factor);

    /// <summary>Falls to <paramref name="final"/> at the end of the run: final + (rate − final)·(1 − step/steps)^power (torch's PolynomialLR).</summary>
    /// <param name="rate">The first rate; finite and greater than 0.</param>
    /// <param name="power">The power; finite and greater than 0; default 1: a straight line.</param>
    /// <param name="final">The rate at the end; finite, 0 or greater; default 0.</param>
    public static Schedule Polynomial(double rate, double power = 1, double final = 0) => new PolynomialSchedule(rate, power, final);

    /// <summary>Half a cosine from <paramref name="rate"/> towards <paramref name="final"/> at the end of the run (arXiv:1608.03983; torch's CosineAnnealingLR).</summary>
    /// <param name="rate">The first rate; finite and greater than 0.</param>
    /// <param name="final">The rate at the end; finite, 0 or greater; default 0.</param>
    public static Schedule Cosine(double rate, double final = 0) => new CosineSchedule(rate, final);

    /// <summary>
    /// A cosine that starts anew: the first fall takes <paramref name="period"/> steps, each next one <paramref name="growth"/> times as many
    /// (SGDR, Loshchilov and Hutter 2017, arXiv:1608.03983; torch's CosineAnnealingWarmRestarts).
    /// </summary>
    /// <param name="rate">The rate after each start; finite and greater than 0.</param>
    /// <param name="period">Steps of the first fall, 1 or more; epochs under <see cref="PerEpoch"/>.</param>
    /// <param name="growth">Factor on the period, 1 or more; default 1.</param>
    /// <param name="final">The rate towards which each fall goes; finite, 0 or greater; default 0.</param>
    public static Schedule CosineRestarts(double rate, int period, int growth = 1, double final = 0) => new CosineRestartsSchedule(rate, period, growth, final);

    /// <summary>
    /// Rises along half a cosine from peak/startFactor to <paramref name="peak"/> over the first part of the run and falls along another to
    /// peak/startFactor/endFactor at its last step (Smith and Topin 2018, arXiv:1708.07120; torch's OneCycleLR, without its cycle of momentum).
    /// </summary>
    /// <param name="peak">The highest rate; finite and greater than 0. A range finder's suggestion times 3 to 10 is usual.</param>
    /// <param name="rise">Share of the run that rises, 0 &lt; rise &lt; 1; default 0.3.</param>
    /// <param name="startFactor">peak ÷ first rate; finite, 1 or greater; default 25.</param>
    /// <param name="endFactor">First rate ÷ last rate; finite, 1 or greater; default 10 000.</param>
    public static Schedule OneCycle(double peak, double rise = 0.3, double startFactor = 25, double endFactor = 1e4) =>
        new OneCycleSchedule(peak, rise, startFactor, endFactor);

    /// <summary>
    /// Falls with the root of time: rate·√(timescale / (timescale + step)) (the decay of Vaswani et al. 2017, arXiv:1706.03762, which
    /// <c>.WithWarmup(timescale)</c> completes). It needs no end to be known.
    /// </summary>
    /// <param name="rate">The first rate; finite and greater than 0.</param>
    /// <param name="timescale">Steps after which the rate is down to 1/√2, 1 or more; epochs under <see cref="PerEpoch"/>.</param>
    public static Schedule InverseSqrt(double rate, int timescale) => new InverseSqrtSchedule(rate, timescale);

    /// <summary>
    /// Multiplies the rate by <paramref name="factor"/> when the monitored loss has not improved for more than <paramref name="patience"/> epochs
    /// (torch's ReduceLROnPlateau in mode min with a relative threshold). It counts in epochs always. The loss monitored is the training loss.
    /// </summary>
    /// <param name="rate">The first rate; finite and greater than 0.</param>
    /// <param name="factor">The factor, 0 &lt; factor &lt; 1; default 0.1.</param>
    /// <param name="patience">Epochs without improvement that are let pass, 0 or more; default 10.</param>
    /// <param name="threshold">A loss below best·(1 − threshold) is an improvement, 0 ≤ threshold &lt; 1; default 1e-4. A best below 0 uses 1 + threshold.</param>
    /// <param name="cooldown">Epochs after a change that do not count, 0 or more; default 0.</param>
    /// <param name="minRate">The rate never falls below it; finite, 0 or greater; default 0.</param>
    /// <remarks>An epoch whose loss is not a number counts as one without improvement. <see cref="RateAt"/> gives the first rate.</remarks>
    public static Schedule OnPlateau(
        double rate, double factor = 0.1, int patience = 10, double threshold = 1e-4, int cooldown = 0, double minRate = 0) =>
        new OnPlateauSchedule(rate, factor, patience, threshold, cooldown, minRate);

    /// <summary>A constant rate.</summary>
    /// <param name="rate">The rate; finite and greater than 0.</param>
    public static implicit operator Schedule(double rate) => Constant(rate);

    /// <summary>
    /// A linear rise in front of this schedule: at step s &lt; <paramref name="steps"/> the rate is (s + 1)/steps times this schedule's first one,
    /// then this schedule runs from its own start over the rest of the run (Goyal et al. 2017, arXiv:1706.02677).
    /// </summary>
    /// <param name="steps">Steps of warm-up, 1 or more; always steps. In a run shorter than five times this, a fifth of the run is used.</param>
    public Schedule WithWarmup(int steps) => new WarmupSchedule(this, steps);

    /// <summary>This schedule counting in epochs: the rate changes between epochs only, and what it calls a step is an epoch.</summary>
    public Schedule PerEpoch() => new PerEpochSchedule(this);

    /// <summary>The rate at one step, as far as it depends on the step alone.</summary>
    /// <param name="step">The number of the update, from 0.</param>
    /// <param name="totalSteps">The updates of the whole run, at least 1.</param>
    /// <returns>A finite rate, 0 or greater.</returns>
    public abstract double RateAt(long step, long totalSteps);

    /// <summary>Makes the state of this schedule for one fit; by default there is none, and the rate is <see cref="RateAt"/>.</summary>
    /// <param name="run">How long the run is.</param>
    public virtual BoundSchedule Bind(RunLength run) => new StatelessSchedule(this, run);

    private sealed class StatelessSchedule(Schedule schedule, RunLength run) : BoundSchedule
    {
        public override double RateAt(long step) => schedule.RateAt(step, run.Steps);
    }
}
