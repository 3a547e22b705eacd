using System.Text.Json.Nodes;

namespace MLNet.GradStability;

/// <summary>The first line of a sweep's journal: what the trials below depend on.</summary>
internal static class JournalHeader
{
    private const int Version = 1;
    private const string VersionKey = "sweep";

    // Words for what differs.
    private static readonly (string Key, string Words)[] Parts = [("space", "space"), ("tuner", "tuner"), ("seed", "seed"), ("metric", "metric"), ("data", "data")];

    public static JsonObject Of<TOptions>(OptionSweep<TOptions> sweep, SweepData data)
        where TOptions : notnull => new()
        {
            [VersionKey] = Version,
            ["space"] = sweep.Space.Describe(),
            ["tuner"] = JsonNode.Parse(Descriptions.ToJson(sweep.Tuner)),
            ["seed"] = sweep.Seed,
            ["metric"] = sweep.Metric.Name,
            ["data"] = data.Describe(),
        };

    /// <summary>What makes a journal that of another sweep; null when it is of this one.</summary>
    public static string? Difference(JsonObject own, JsonObject found)
    {
        if (found[VersionKey]?.ToJsonString() != own[VersionKey]!.ToJsonString())
        {
            return "format";
        }

        var different = Parts.Where(part => found[part.Key]?.ToJsonString() != own[part.Key]!.ToJsonString()).Select(part => part.Words).ToArray();
        return different.Length == 0 ? null : string.Join(" and ", different);
    }
}
