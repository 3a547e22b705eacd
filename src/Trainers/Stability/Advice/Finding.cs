namespace MLNet.GradStability;

/// <summary>One thing found in a run.</summary>
/// <param name="Weight">
/// Its place among others, 0 to 1. Causes outweigh what follows from them, and what did harm outweighs what did not; from <see cref="Serious"/> on it is a verdict.
/// </param>
/// <param name="Verdict">The finding in words.</param>
internal sealed record Finding(double Weight, Diagnosis Verdict)
{
    public const double Serious = 0.5;
}
