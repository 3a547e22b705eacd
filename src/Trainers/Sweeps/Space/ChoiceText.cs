using System.Globalization;
using System.Text.Json.Nodes;

namespace MLNet.GradStability;

/// <summary>The values of a choice in few words: the kind of a description or the name of a preset, and of its numbers those that tell it from the others of its kind.</summary>
internal static class ChoiceText
{
    private const string Kind = "kind";

    public static IEnumerable<string> Of(IReadOnlyList<object?> values, IReadOnlyList<JsonNode?> json)
    {
        var presets = values.Select(PresetNames.Of).ToArray();
        var kinds = json.Select((node, i) => presets[i] is null ? KindOf(node) : null).ToArray();
        for (var i = 0; i < values.Count; i++)
        {
            yield return presets[i] ?? (kinds[i] is { } kind ? WithDifferences(kind, (JsonObject)json[i]!, [.. json.Where((_, j) => kinds[j] == kind).Cast<JsonObject>()]) : Plain(values[i]));
        }
    }

    private static string? KindOf(JsonNode? node) => (node as JsonObject)?[Kind]?.GetValue<string>();

    private static string WithDifferences(string kind, JsonObject own, JsonObject[] alike)
    {
        var different = own.Where(property => Array.Exists(alike, other => !JsonNode.DeepEquals(other[property.Key], property.Value))).Select(property => property.Value switch
        {
            null => $"no {property.Key}",
            JsonObject inner when KindOf(inner) is { } name => name,
            { } value => $"{property.Key} {value.ToJsonString().Trim('"')}",
        }).ToArray();
        return different.Length == 0 ? kind : $"{kind} ({string.Join(", ", different)})";
    }

    private static string Plain(object? value) => value switch
    {
        null => "none",
        bool truth => truth ? "yes" : "no",
        double number => number.ToString("G4", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
