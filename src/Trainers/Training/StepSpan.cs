using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>Some steps in a row, summed up.</summary>
/// <param name="First">The first step, from 0.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Skipped">How many of them left the weights as they were.</param>
/// <param name="Loss">Training losses, penalty included, of the steps whose loss and gradient were finite.</param>
/// <param name="GradientNorm">Global gradient norms of the same steps, before any transform.</param>
/// <param name="UsedNorm">Global gradient norms as the optimiser was given them: after clipping and whatever else changes gradients. Skipped steps have none.</param>
/// <param name="LearningRate">The rate of the last of them.</param>
public readonly record struct StepSpan(
    long First, long Count, long Skipped, StepRange Loss, StepRange GradientNorm, StepRange UsedNorm, double LearningRate)
{
    /// <summary>How many of them had a finite loss and gradient.</summary>
    [JsonIgnore]
    public long Finite => Loss.Count;

    /// <summary>A single step.</summary>
    internal static StepSpan Of(long step, double loss, double norm, double rate, bool skipped = false)
    {
        var isFinite = double.IsFinite(loss) && double.IsFinite(norm);
        return new(step, 1, skipped ? 1 : 0, isFinite ? StepRange.Of(loss) : StepRange.None, isFinite ? StepRange.Of(norm) : StepRange.None, StepRange.None, rate);
    }

    /// <summary>These steps and those that follow them.</summary>
    internal StepSpan With(StepSpan next) => new(
        First, Count + next.Count, Skipped + next.Skipped, Loss.With(next.Loss), GradientNorm.With(next.GradientNorm), UsedNorm.With(next.UsedNorm), next.LearningRate);
}
