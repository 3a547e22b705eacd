namespace MLNet.GradStability;

/// <summary>Looks for one illness in a run.</summary>
internal abstract class AdvisorRule
{
    /// <summary>What is found; null for nothing.</summary>
    public abstract Finding? Judge(RunFacts facts);

    protected static Finding Found(
        double weight, DiagnosisKind kind, string? layer, long? step, string sentence, IEnumerable<string> evidence, (string Remedy, string Code) advice) =>
        new(weight, new Diagnosis(kind, layer, step, sentence, [.. evidence], advice.Remedy, advice.Code, []));
}
