using System.Globalization;

namespace MLNet.GradStability;

/// <summary>How a training ended.</summary>
public enum StopKind
{
    /// <summary>All epochs were trained.</summary>
    Completed,

    /// <summary>The cancellation token ended it.</summary>
    Cancelled,

    /// <summary>The training broke, and the guard could not save it, or was off.</summary>
    Diverged,

    /// <summary>The monitored number of <see cref="EarlyStopping"/> had stopped improving.</summary>
    EarlyStopped,

    /// <summary>A callback ended it.</summary>
    Stopped,
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

    internal static StopReason Cancelled(int epoch, long step, int bestEpoch) => new(StopKind.Cancelled, string.Create(
        CultureInfo.InvariantCulture,
        $"Cancelled in epoch {epoch} after {step} steps; the network is {(bestEpoch == 0 ? "as it was then" : string.Create(CultureInfo.InvariantCulture, $"that of the best epoch, {bestEpoch}"))}."));

    internal static StopReason Diverged(int epoch, long step, int rollBacks) =>
        new(StopKind.Diverged, string.Create(CultureInfo.InvariantCulture, $"Diverged in epoch {epoch} at step {step}: the training broke again after {rollBacks} roll-backs in a row, each with a lower learning rate; the network is the best finite one. Lower the learning rate, clip gradients, or scale the data; the incidents in the result say where it began."));

    internal static StopReason Broken(int epoch) =>
        new(StopKind.Diverged, string.Create(CultureInfo.InvariantCulture, $"Diverged in epoch {epoch}: the weights were no longer finite, and no guard was on; the network is the one at the end of the epoch before. Leave Stability at its default, lower the learning rate, clip gradients, or scale the data."));

    internal static StopReason EarlyStopped(int epoch, string monitored, int patience, int bestEpoch, double best, bool restored) =>
        new(StopKind.EarlyStopped, bestEpoch == 0
            ? string.Create(CultureInfo.InvariantCulture, $"Stopped early after epoch {epoch}: the {monitored} was no finite number in {patience} epochs in a row. Lower the learning rate, clip gradients, or scale the data.")
            : string.Create(CultureInfo.InvariantCulture, $"Stopped early after epoch {epoch}: the {monitored} has not improved for {patience} epochs in a row; its best was {best:G5} in epoch {bestEpoch}, and the network is {(restored ? "as it was then" : "the last one")}."));

    internal static StopReason Stopped(int epoch, long step, string why) =>
        new(StopKind.Stopped, string.Create(CultureInfo.InvariantCulture, $"Stopped by a callback in epoch {epoch} after {step} steps: {why}"));

    internal static StopReason NotFinite(long step, string what) =>
        new(StopKind.Diverged, string.Create(CultureInfo.InvariantCulture, $"Diverged: the {what} of step {step} was not finite, on which Callback.TerminateOnNaN ends a run; the network is the best finite one. Lower the learning rate, clip gradients, or scale the data."));
}
