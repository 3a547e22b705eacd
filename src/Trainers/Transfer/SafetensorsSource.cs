namespace MLNet.GradStability;

/// <summary>Weights in a safetensors file; one written here tells the input scaling too.</summary>
internal sealed record SafetensorsSource(string Path) : StartingSource
{
    public override WeightSet Read() => Read(Path, "StartingWeights.FromSafetensors", stream =>
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var (tensors, metadata) = SafetensorsFile.Read(stream);
        var scaling = metadata.TryGetValue(SourceScaling.MetadataName, out var json) ? SourceScaling.Parse(json) : null;
        return new WeightSet($"the file \"{Path}\"", tensors, scaling);
    });
}
