namespace MLNet.GradStability;

/// <summary>Describes how an <see cref="OptionSweep{TOptions}"/> chooses what to try next.</summary>
/// <remarks>
/// The values of trial n follow from the seed, the space and, where a tuner learns, from the results of earlier trials by number, never from which happened to end
/// first: a sweep with many trials at once tries what a sweep with one at a time tries. No point is tried twice.
/// </remarks>
public abstract record Tuner
{
    private protected Tuner()
    {
    }

    /// <summary>Every combination of the values of choices and of evenly spaced values of ranges, the last parameter changing fastest.</summary>
    /// <param name="steps">Values along a range, from bound to bound by its scale, 1 or more; 1 takes the middle; a range of fewer whole numbers has all of them. Default 5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public static Tuner Grid(int steps = 5) => new GridTuner(steps);

    /// <summary>
    /// Points spread evenly at random: a Halton sequence with independent random permutations of every digit (Owen 2017, arXiv:1706.02808), which leaves smaller holes
    /// than independent draws (Bergstra and Bengio 2012) and takes any number of trials.
    /// </summary>
    public static Tuner Random() => new RandomTuner();

    /// <summary>
    /// The tree-structured Parzen estimator (Bergstra et al. 2011): splits the results into the best γ and the rest, estimates for each parameter the density l of
    /// its values among the best and g among the rest, draws candidates from l, and tries the one of greatest l/g.
    /// </summary>
    /// <param name="startup">Trials of <see cref="Random"/> before it learns, 2 or more; default 10.</param>
    /// <param name="gamma">γ, above 0 and below 1; default 0.15.</param>
    /// <param name="candidates">Candidates for each value, 1 or more; default 24.</param>
    /// <param name="lag">
    /// Trial n learns from trials 1 to n − lag; those between count among the rest wherever they end (the constant liar of Ginsbourger et al. 2010). So up to
    /// <paramref name="lag"/> trials run at once, and how many do changes nothing. 1 or more; default 2.
    /// </param>
    /// <remarks>
    /// Ranges: a mixture over [0, 1] of the range's scale, of one normal kernel a value, as wide as the gap to its farther neighbour, at least 1/min(100, n + 1), and a
    /// prior kernel of width 1 in the middle, all cut at the bounds (the constants of hyperopt). Choices: counts plus 1. Trials that failed or diverged are the
    /// worst of the rest. Parameters are drawn one by one, those under a condition only from trials in which they counted.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Tuner Tpe(int startup = 10, double gamma = 0.15, int candidates = 24, int lag = 2) => new TpeTuner(startup, gamma, candidates, lag);

    /// <summary>
    /// Asynchronous successive halving (Li et al. 2018, arXiv:1810.05934): ends weak trials early. A trial that reaches a rung, epoch minEpochs·ηᵏ, goes on only when its
    /// number is among the best ⌊n/η⌋ of the n that reached it so far, at least the best.
    /// </summary>
    /// <param name="sampler">Chooses the values; default <see cref="Random"/>.</param>
    /// <param name="eta">η, 2 or more; default 3.</param>
    /// <param name="minEpochs">The epoch of the first rung, 1 or more; default 3.</param>
    /// <param name="monitor">The number that trials are compared by; on validation rows. Default the trainer's metric.</param>
    /// <remarks>
    /// The form that stops, as in Ray and Optuna, not the paper's that pauses trials and takes them up later: nothing is trained twice, and a trial judged when few were
    /// there is not judged again. A number that is not finite never goes on. The fits need validation rows (<see cref="NeuralNetworkOptions.ValidationFraction"/>) and the
    /// options must come from <see cref="TrialRun.Watch"/>. Which trials are stopped depends on who comes first: with several at once it may differ from run to run, the
    /// values do not under <see cref="Random"/> and <see cref="Grid"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">The sampler is such a tuner itself, or the number is not one on validation rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Tuner Asha(Tuner? sampler = null, int eta = 3, int minEpochs = 3, Monitored monitor = Monitored.ValidationMetric) =>
        new AshaTuner(sampler ?? Random(), eta, minEpochs, monitor);

    /// <summary>Makes the state of one sweep.</summary>
    internal abstract BoundTuner Bind(IReadOnlyList<SweepParameter> parameters, int seed);
}
