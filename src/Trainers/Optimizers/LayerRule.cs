using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>What an optimiser does differently for some layers; made by <see cref="Optimizer.ForLayers"/> and <see cref="Optimizer.Freeze"/>.</summary>
public sealed record LayerRule
{
    private const string ForLayers = "Optimizer.ForLayers";

    [JsonConstructor]
    internal LayerRule(string pattern, double rateScale = 1, double? weightDecay = null, bool frozen = false, int? untilEpoch = null)
    {
        Pattern = Require.Text(pattern, frozen ? "Optimizer.Freeze" : ForLayers, nameof(pattern), "Give a layer name such as \"hidden*\".");
        RateScale = Require.Positive(rateScale, ForLayers, nameof(rateScale), "To keep layers as they are, use Freeze.");
        WeightDecay = weightDecay is { } decay ? Require.NotNegative(decay, ForLayers, nameof(weightDecay), "Leave it out to keep the optimiser's own decay.") : null;
        Frozen = frozen;
        UntilEpoch = untilEpoch is { } epoch
            ? Require.That(frozen && epoch >= 2, epoch, "Optimizer.Freeze", nameof(untilEpoch), "be 2 or greater", "It is the first epoch that trains the layers; leave it out to keep them as they are.")
            : null;
    }

    /// <summary>The parameter or layer name; <c>*</c> stands for any characters, <c>?</c> for one.</summary>
    public string Pattern { get; }

    /// <summary>Factor on the learning rate.</summary>
    public double RateScale { get; }

    /// <summary>Decoupled weight decay in place of the optimiser's own; null keeps the latter.</summary>
    public double? WeightDecay { get; }

    /// <summary>Whether the layers stay as they are, for ever or until <see cref="UntilEpoch"/>.</summary>
    public bool Frozen { get; }

    /// <summary>The first epoch, from 1, that trains frozen layers; null for none.</summary>
    public int? UntilEpoch { get; }
}
