namespace MLNet.GradStability;

/// <summary>Weights of a model in memory, as they were when it was named.</summary>
internal sealed record ModelSource(SavedNetwork Network) : StartingSource
{
    public override WeightSet Read() => Network.Weigh("the model");
}
