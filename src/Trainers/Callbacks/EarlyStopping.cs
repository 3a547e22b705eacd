using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>
/// Ends a training when a monitored number has stopped improving, and gives back the weights of its best epoch (Prechelt 1998, "Early stopping –
/// but when?"; the rules are those of Keras's EarlyStopping). An epoch improves when its number beats the best so far by more than
/// <see cref="MinDelta"/>; the training ends after <see cref="Patience"/> epochs in a row that do not. A number that is not finite never is the best.
/// </summary>
public sealed record EarlyStopping
{
    private const string Owner = nameof(EarlyStopping);

    /// <summary>Makes a rule for stopping.</summary>
    /// <param name="monitor">The number; default the validation loss, for which the fit needs validation rows.</param>
    /// <param name="patience">Epochs in a row without improvement after which the training ends, 1 or more; default 5.</param>
    /// <param name="minDelta">What an improvement must exceed, in units of the number; finite, 0 or greater; default 0.</param>
    /// <param name="mode">Which way is better; default as the number itself says.</param>
    /// <param name="restoreBest">Whether the fit returns the weights of the best epoch, however it ends; otherwise the last ones. Default true.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    [JsonConstructor]
    public EarlyStopping(
        Monitored monitor = Monitored.ValidationLoss, int patience = 5, double minDelta = 0, MonitorMode mode = MonitorMode.Auto, bool restoreBest = true)
    {
        Monitor = Require.That(Enum.IsDefined(monitor), monitor, Owner, nameof(monitor), "be a member of Monitored", "Give one such as Monitored.ValidationLoss.");
        Patience = Require.AtLeastOne(patience, Owner, nameof(patience), "Usual values are 5 to 20.");
        MinDelta = Require.NotNegative(minDelta, Owner, nameof(minDelta), "Leave it out to count every improvement.");
        Mode = Require.That(Enum.IsDefined(mode), mode, Owner, nameof(mode), "be a member of MonitorMode", "Leave it out to let the monitored number decide.");
        RestoreBest = restoreBest;
    }

    /// <summary>The number that is monitored.</summary>
    public Monitored Monitor { get; }

    /// <summary>Epochs in a row without improvement after which the training ends.</summary>
    public int Patience { get; }

    /// <summary>What an improvement must exceed.</summary>
    public double MinDelta { get; }

    /// <summary>Which way is better.</summary>
    public MonitorMode Mode { get; }

    /// <summary>Whether the fit returns the weights of the best epoch.</summary>
    public bool RestoreBest { get; }

    /// <summary>Makes the state of one fit.</summary>
    /// <param name="metricName">Name of the task's metric.</param>
    /// <param name="higherMetricIsBetter">Whether a higher metric is better.</param>
    internal BoundEarlyStopping Bind(string metricName, bool higherMetricIsBetter) => new(this, metricName, higherMetricIsBetter);
}
