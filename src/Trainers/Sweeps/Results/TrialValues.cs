using System.Text.Json.Nodes;

namespace MLNet.GradStability;

/// <summary>The values of a point, for people.</summary>
internal static class TrialValues
{
    public static IEnumerable<TrialValue> Of(IReadOnlyList<SweepParameter> parameters, TrialPoint point) =>
        parameters.Zip(point.Values).Where(pair => pair.Second is not null).Select(pair => new TrialValue(pair.First, pair.Second!.Value));

    /// <summary>By name, choices as what they stand for.</summary>
    public static JsonObject ToJson(IEnumerable<TrialValue> values) =>
        new(values.Select(value => KeyValuePair.Create(value.Parameter.Name, value.Parameter.ToJson(value.Value))));
}
