using System.Text.Json.Nodes;

namespace Samples.Cli;

/// <summary>A description in a line: its kind, then its numbers.</summary>
internal static class JsonText
{
    public static string Of(JsonNode node) => node switch
    {
        JsonObject described => $"{described["kind"]}{Numbers(described)}",
        JsonArray list => string.Join(", ", list.Select(item => Of(item!))),
        _ => node.ToString(),
    };

    private static string Numbers(JsonObject described)
    {
        var numbers = described
            .Where(pair => pair.Key != "kind" && pair.Value is not (null or JsonArray { Count: 0 }))
            .Select(pair => $"{pair.Key} {Of(pair.Value!)}")
            .ToList();
        return numbers.Count == 0 ? string.Empty : $" ({string.Join(", ", numbers)})";
    }
}
