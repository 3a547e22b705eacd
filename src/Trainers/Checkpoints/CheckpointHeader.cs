namespace MLNet.GradStability;

/// <summary>What a checkpoint says of itself.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Epoch">The epoch at work, from 1.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Best">Whether it is of the end of an epoch that was the best so far.</param>
/// <param name="Finished">Whether the run had ended.</param>
internal sealed record CheckpointHeader(long Step, int Epoch, int Seed, bool Best, bool Finished);
