namespace MLNet.GradStability.Tests.Distribution;

/// <summary>How a job ended.</summary>
/// <param name="ExitCode">Of mpirun.</param>
/// <param name="Output">What all ranks printed.</param>
/// <param name="Errors">What they and mpirun wrote to the standard error.</param>
/// <param name="Ranks">What each wrote of itself, those left out that died.</param>
internal sealed record JobOutcome(int ExitCode, string Output, string Errors, IReadOnlyList<RankOutcome> Ranks);

/// <summary>What a rank tells of itself.</summary>
/// <param name="Rank">Its number.</param>
/// <param name="Size">Processes of the job.</param>
/// <param name="Fits">Its fits.</param>
internal sealed record RankOutcome(int Rank, int Size, IReadOnlyList<FitOutcome> Fits);

/// <summary>A fit on one rank.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weights">The weights, and the floating-point buffers behind them.</param>
/// <param name="Result">What happened in it; null when it failed.</param>
/// <param name="Rows">For each step the numbers of the rows that this rank trained on.</param>
/// <param name="Log">What it logged.</param>
/// <param name="Error">The kind and message of what it threw; null when it did not.</param>
internal sealed record FitOutcome(
    string Name, double[] Weights, TrainingResult? Result, IReadOnlyList<long[]> Rows, IReadOnlyList<string> Log, string? Error);
