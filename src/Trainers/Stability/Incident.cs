using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>What the guard noticed.</summary>
public enum IncidentKind
{
    /// <summary>The loss was NaN or infinite.</summary>
    NonFiniteLoss,

    /// <summary>The loss was finite and a gradient was not.</summary>
    NonFiniteGradient,

    /// <summary>The gradient norm was far above the usual one, and the loss up as well.</summary>
    GradientSpike,

    /// <summary>The loss of a step was far above that of a network that knows nothing.</summary>
    LossSpike,

    /// <summary>The loss rose step by step above that of a network that knows nothing.</summary>
    LossRising,

    /// <summary>The network lost what it had learned.</summary>
    Relapse,

    /// <summary>No gradient reaches the layers any more.</summary>
    DeadNetwork,

    /// <summary>After a good part of the run the network knows nothing yet.</summary>
    NotLearning,

    /// <summary>The validation loss was NaN or infinite.</summary>
    NonFiniteValidation,

    /// <summary>The signal explodes or vanishes in the network as it was initialised.</summary>
    UntrainableStart,
}

/// <summary>What the guard did about an incident.</summary>
public enum GuardReaction
{
    /// <summary>It left the step out.</summary>
    Skipped,

    /// <summary>It went back to a good snapshot and lowered the rate.</summary>
    RolledBack,

    /// <summary>It drew the weights anew.</summary>
    Repaired,

    /// <summary>It ended the training.</summary>
    Stopped,

    /// <summary>It did nothing but say so.</summary>
    Noted,
}

/// <summary>One thing that went wrong in a training, and what was done about it.</summary>
/// <param name="Step">The update at which it was noticed, from 0.</param>
/// <param name="Epoch">The epoch, from 1; 0 before the first step.</param>
/// <param name="Kind">What was noticed.</param>
/// <param name="Reaction">What was done.</param>
/// <param name="Layer">The layer where it shows most; null when it is of the whole network.</param>
/// <param name="Rows">
/// Row numbers of the batch in the training data, from 0; at most 256. Rows whose own loss is not finite, or far above the others', come alone.
/// </param>
/// <param name="Loss">The loss.</param>
/// <param name="GradientNorm">The global gradient norm, before any transform; NaN when it was not looked at.</param>
/// <param name="Limit">The number that loss or norm went over; NaN when there is none.</param>
/// <param name="LearningRate">The rate of the next step, or towards which it rises after a roll-back.</param>
/// <param name="Sentence">All this in words.</param>
public sealed record Incident(
    long Step,
    int Epoch,
    IncidentKind Kind,
    GuardReaction Reaction,
    string? Layer,
    IReadOnlyList<long> Rows,
    double Loss,
    double GradientNorm,
    double Limit,
    double LearningRate,
    string Sentence)
{
    /// <summary>Of an untrainable start, how many times as large the signal is at the layer as at the input; NaN of all others.</summary>
    [JsonInclude]
    internal double SignalRatio { get; init; } = double.NaN;

    /// <inheritdoc/>
    public override string ToString() => Sentence;

    /// <summary>The signal of the first batch explodes or vanishes on its way to a layer, before the first step.</summary>
    internal static Incident OfStart(string layer, double ratio, bool repaired)
    {
        var change = double.IsFinite(ratio) && ratio < 1 ? $"shrinks to {Number(ratio)} of" : $"grows to {Number(ratio)} times";
        return new Incident(
            0,
            0,
            IncidentKind.UntrainableStart,
            repaired ? GuardReaction.Repaired : GuardReaction.Noted,
            layer,
            [],
            double.NaN,
            double.NaN,
            double.NaN,
            double.NaN,
            $"Before the first step: with the weights as initialised, what tells rows apart {change} its size on the way to layer {layer}; " + (repaired
                ? "the weights were drawn anew by the default initialiser."
                : "nothing was changed, since the default initialiser does not cure it. Use fewer layers, another activation, normalisation or residual blocks."))
        {
            SignalRatio = ratio,
        };
    }

    private static string Number(double value) => value.ToString("G3", System.Globalization.CultureInfo.InvariantCulture);
}
