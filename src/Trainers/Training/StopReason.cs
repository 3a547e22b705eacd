using System.Globalization;

namespace MLNet.GradStability;

/// <summary>How a training ended.</summary>
public enum StopKind
{
    /// <summary>All epochs were trained.</summary>
    Completed,

    /// <summary>The cancellation token ended it.</summary>
    Cancelled,

    /// <summary>Too many steps in a row had a loss or gradient that was not finite.</summary>
    Diverged,
}

/// <summary>How a training ended, with a sentence for people.</summary>
/// <param name="Kind">The kind of ending.</param>
/// <param name="Sentence">What happened and, where something went wrong, what to do.</param>
public sealed record StopReason(StopKind Kind, string Sentence)
{
    /// <inheritdoc/>
    public override string ToString() => Sentence;

    internal static StopReason Completed(int epochs) =>
        new(StopKind.Completed, string.Create(CultureInfo.InvariantCulture, $"Completed: all {epochs} epochs were trained."));

    internal static StopReason Ended(long step) =>
        new(StopKind.Completed, string.Create(CultureInfo.InvariantCulture, $"Completed: it was ended after {step} steps, as a range test is."));

    internal static StopReason Cancelled(int epoch, long step) =>
        new(StopKind.Cancelled, string.Create(CultureInfo.InvariantCulture, $"Cancelled in epoch {epoch} after {step} steps; the network is as it was then."));

    internal static StopReason Diverged(int epoch, int bad) =>
        new(StopKind.Diverged, string.Create(CultureInfo.InvariantCulture, $"Diverged in epoch {epoch}: {bad} steps in a row had a loss or gradient that was not finite; the network is the last finite one. Lower the learning rate, clip gradients, or scale the data."));
}
