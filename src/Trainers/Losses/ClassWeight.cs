using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>A class by its name, and what its rows weigh.</summary>
internal sealed record ClassWeight
{
    [JsonConstructor]
    public ClassWeight(string @class, double weight)
    {
        Class = Require.Text(@class, NamedClassWeights.Owner, nameof(@class), "Name the class as the key's value, or false and true.");
        Weight = Require.Positive(weight, NamedClassWeights.Owner, nameof(weight), "To leave a class out, filter its rows.");
    }

    public string Class { get; }

    public double Weight { get; }
}
