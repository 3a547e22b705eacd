namespace MLNet.GradStability;

/// <summary>Describes the learning rate as a function of the step. A plain number converts to a constant rate.</summary>
public abstract record Schedule
{
    /// <summary>The same rate at every step.</summary>
    /// <param name="rate">The rate; finite and greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not finite or not greater than 0.</exception>
    public static Schedule Constant(double rate) => new ConstantSchedule(rate);

    /// <summary>
    /// Rises linearly from peak/warmupSteps to <paramref name="peak"/> over the first <paramref name="warmupSteps"/> steps, then falls along
    /// half a cosine to <paramref name="final"/> at the last step of the run (Loshchilov and Hutter 2017, arXiv:1608.03983; warm-up: arXiv:1706.02677).
    /// </summary>
    /// <param name="peak">The highest rate; finite and greater than 0.</param>
    /// <param name="warmupSteps">Steps of warm-up, 0 or greater. In a run shorter than five times this, a fifth of the run is used.</param>
    /// <param name="final">The rate at the end; finite, 0 or greater; default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Schedule WarmupCosine(double peak, int warmupSteps, double final = 0) => new WarmupCosineSchedule(peak, warmupSteps, final);

    /// <summary>A constant rate.</summary>
    /// <param name="rate">The rate; finite and greater than 0.</param>
    public static implicit operator Schedule(double rate) => Constant(rate);

    /// <summary>The rate at one step.</summary>
    /// <param name="step">The number of the update, from 0.</param>
    /// <param name="totalSteps">The updates of the whole run, at least 1.</param>
    /// <returns>A finite rate, 0 or greater.</returns>
    public abstract double RateAt(long step, long totalSteps);
}
