namespace MLNet.GradStability.Tests.Sweeps;

/// <summary>A sweep like another. (The type has no copy of its own: a program writes one initialiser.)</summary>
internal static class SweepVariants
{
    public static OptionSweep<TOptions> WithTrials<TOptions>(this OptionSweep<TOptions> sweep, int trials)
        where TOptions : notnull => sweep.With(sweep.Tuner, trials);

    public static OptionSweep<TOptions> With<TOptions>(
        this OptionSweep<TOptions> sweep,
        Tuner tuner,
        int trials = 12,
        int cores = 1,
        int seed = 1,
        string? journal = null,
        int? patience = null,
        TimeSpan? limit = null,
        IProgress<SweepProgress<TOptions>>? progress = null,
        CancellationToken cancellation = default)
        where TOptions : notnull => new(sweep.Context, sweep.Space, sweep.Pipeline, sweep.Metric)
        {
            Tuner = tuner,
            Trials = trials,
            Cores = cores,
            Seed = seed,
            Journal = journal,
            Patience = patience,
            TimeLimit = limit,
            Progress = progress,
            CancellationToken = cancellation,
        };
}
