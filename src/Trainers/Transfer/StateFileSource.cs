namespace MLNet.GradStability;

/// <summary>Weights in a state file of TorchSharp.</summary>
internal sealed record StateFileSource(string Path) : StartingSource
{
    public override WeightSet Read() => Read(Path, "StartingWeights.FromStateFile", stream =>
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        return new WeightSet($"the file \"{Path}\"", StateFile.Read(stream));
    });
}
