using System.Text.Json;

namespace MLNet.GradStability;

/// <summary>Options as facts a person can read, made from their JSON description; those left at their defaults are marked.</summary>
internal static class OptionFacts
{
    // Absent, these are chosen by the data and not off.
    private static readonly HashSet<string> Chosen = new(StringComparer.OrdinalIgnoreCase)
    {
        nameof(NeuralNetworkOptions.Epochs), nameof(NeuralNetworkOptions.LabelSmoothing), nameof(NeuralNetworkOptions.Seed),
    };

    /// <param name="options">The options.</param>
    public static IReadOnlyList<Fact> Of(NeuralNetworkOptions options)
    {
        JsonElement given;
        try
        {
            given = Json(options);
        }
        catch (NotSupportedException e)
        {
            return [new Fact("Not shown", e.Message)];
        }

        var usual = Json(new NeuralNetworkOptions());
        var facts = given.EnumerateObject().Select(option => new Fact(
            SpacedName.Of(option.Name), option.Value.ValueKind == JsonValueKind.Null && Chosen.Contains(option.Name) ? "automatic" : Text(option.Value), usual.GetProperty(option.Name).GetRawText() == option.Value.GetRawText()));
        return [.. facts.OrderBy(fact => fact.IsUsual), .. Watching(options)];
    }

    private static JsonElement Json(NeuralNetworkOptions options) => JsonSerializer.SerializeToElement(options, Descriptions.Options);

    /// <summary>Options that are no part of a description.</summary>
    private static IEnumerable<Fact> Watching(NeuralNetworkOptions options)
    {
        if (options.Callbacks.Count > 0)
        {
            yield return new Fact("Callbacks", string.Join(", ", options.Callbacks.Select(callback => callback.Name)));
        }

        if (options.Checkpoints is not null)
        {
            yield return new Fact("Checkpoints", "on");
        }
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "none",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? Figures.Count(whole) : Figures.Number(value.GetDouble()),
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "none" : string.Join(", ", value.EnumerateArray().Select(Text)),
        _ => Text(value.EnumerateObject().ToList()),
    };

    /// <summary>A kind with its properties in brackets; those that are absent are left out.</summary>
    private static string Text(List<JsonProperty> properties)
    {
        var kind = properties.FirstOrDefault(property => property.Name == "kind").Value is { ValueKind: JsonValueKind.String } name ? name.GetString()! : string.Empty;
        var parts = properties
            .Where(property => property.Name != "kind" && !IsAbsent(property.Value))
            .Select(property => $"{SpacedName.Of(property.Name).ToLowerInvariant()} {Nested(property.Value)}");
        var inner = string.Join(", ", parts);
        return (kind, inner) switch
        {
            (_, "") => kind,
            ("", _) => inner,
            _ => $"{kind}: {inner}",
        };
    }

    private static bool IsAbsent(JsonElement value) => value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    private static string Nested(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{Text(value)}]",
        JsonValueKind.Object when value.EnumerateObject().Count() > 1 => $"({Text(value)})",
        _ => Text(value),
    };
}
