namespace MLNet.GradStability.Benchmarks.Tuners;

/// <summary>A sweep over a <see cref="KnownFunction"/>, one trial after the other. Each trial has a learning curve that falls from above to the function's value.</summary>
internal static class SimulatedSweep
{
    /// <summary>Epochs of a trial that goes to its end.</summary>
    public const int Epochs = 27;

    // A curve starts so far above, and comes down to 1/e of that in so many epochs; the noise keeps comparisons at a rung from being the truth.
    private const double Head = 2;
    private const double Fall = 6;
    private const double Noise = 0.05;

    /// <summary>The least value among the trials that came to their end.</summary>
    /// <param name="tuner">The tuner.</param>
    /// <param name="function">The function.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="trials">The budget: as many epochs as so many trials to their end have.</param>
    public static double Best(Tuner tuner, KnownFunction function, int seed, int trials)
    {
        var bound = tuner.Bind(function.Space.Parameters, seed);
        var queue = new TrialQueue(bound, function.Space.Start(), int.MaxValue, patience: null);
        var random = new Random(seed);
        var best = double.PositiveInfinity;
        for (var left = trials * Epochs; left > 0 && queue.Next() is { } next;)
        {
            var value = function.Value(function.Space.Create(next.Point));
            var (reached, last, isStopped) = Train(bound.Rungs, value, random);
            left -= reached;
            best = isStopped || left < 0 ? best : Math.Min(best, value);
            queue.Ended(next.Number, new TrialOutcome(next.Point, isStopped ? TrialState.Stopped : TrialState.Completed, reached, last));
        }

        return best;
    }

    /// <summary>The least of so many independent, uniform draws.</summary>
    public static double Independent(KnownFunction function, int seed, int trials)
    {
        var random = new Random(seed);
        var parameters = function.Space.Parameters;
        return Enumerable.Range(0, trials).Min(_ => function.Value(function.Space.Create(TrialPoint.Of(parameters, i => parameters[i].FromUnit(random.NextDouble())))));
    }

    private static (int Epochs, double Last, bool IsStopped) Train(Rungs? rungs, double value, Random random)
    {
        for (var epoch = 1; rungs is not null && epoch < Epochs; epoch++)
        {
            var curve = value + (Head * Math.Exp(-epoch / Fall)) + (Noise * ((2 * random.NextDouble()) - 1));
            if (!rungs.Reach(epoch, curve))
            {
                return (epoch, curve, true);
            }
        }

        return (Epochs, value, false);
    }
}
