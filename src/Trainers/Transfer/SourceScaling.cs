using System.Text.Json;

namespace MLNet.GradStability;

/// <summary>How a network's inputs were scaled, with the numbers; it goes as JSON into the metadata of weight files.</summary>
/// <param name="Description">The scaling; null for a network that sees features as they are.</param>
/// <param name="Centers">One a feature; empty without a scaling.</param>
/// <param name="Scales">One a feature; empty without a scaling.</param>
internal sealed record SourceScaling(InputScaling? Description, IReadOnlyList<double> Centers, IReadOnlyList<double> Scales)
{
    /// <summary>The name of the metadata.</summary>
    public const string MetadataName = "gradstability.input_scaling";

    public static SourceScaling Of(InputScaling? description, FeatureScaling? numbers) =>
        numbers is null ? new(null, [], []) : new(description, numbers.Centers, numbers.Scales);

    /// <exception cref="FormatException">The text is no scaling.</exception>
    public static SourceScaling Parse(string json)
    {
        try
        {
            var read = JsonSerializer.Deserialize<SourceScaling>(json, Descriptions.Options);
            return read is { Centers: not null, Scales: not null } && read.Centers.Count == read.Scales.Count && read.Centers.All(double.IsFinite) && read.Scales.All(scale => double.IsFinite(scale) && scale >= 0)
                ? read
                : throw new FormatException($"its metadata {MetadataName} must hold as many finite centres as scales of 0 or more");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new FormatException($"its metadata {MetadataName} is damaged: {e.Message}", e);
        }
    }

    public string ToJson() => Descriptions.ToJson(this);

    /// <summary>Whether it can scale rows of so many features.</summary>
    public bool Fits(int features) => Description is null || Centers.Count == features;

    /// <summary>The scaling at work; null where features are taken as they are.</summary>
    public FeatureScaling? Restore() => Description?.Restore([.. Centers], [.. Scales]);
}
