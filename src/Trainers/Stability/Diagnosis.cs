namespace MLNet.GradStability;

/// <summary>What a training suffered from, if anything, with the evidence and what to do: for people, and as code to paste.</summary>
/// <param name="Kind">The verdict.</param>
/// <param name="Layer">The layer where it starts; null when it is of the whole network.</param>
/// <param name="Step">The step at which it was first seen, from 0; null when it is of the whole run.</param>
/// <param name="Sentence">The verdict in a sentence or two.</param>
/// <param name="Evidence">The numbers behind it.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Code">The same in C#, where <c>options</c> are the <see cref="NeuralNetworkOptions"/> of the training and <c>ml</c> is the MLContext.</param>
/// <param name="Others">What else was found, the weightiest first; it either follows from the verdict or did little harm.</param>
public sealed record Diagnosis(
    DiagnosisKind Kind,
    string? Layer,
    long? Step,
    string Sentence,
    IReadOnlyList<string> Evidence,
    string Remedy,
    string Code,
    IReadOnlyList<Diagnosis> Others)
{
    /// <inheritdoc/>
    public override string ToString() => Kind == DiagnosisKind.Healthy ? Sentence : $"{Sentence} {Remedy}";
}
