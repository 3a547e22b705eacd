using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLNet.GradStability;

/// <summary>One dimension of an <see cref="OptionSpace{TOptions}"/>, as tables, files and tuners see it.</summary>
/// <remarks>A value of a parameter is held as a number: that of a range itself, or of a choice the index of the value.</remarks>
public sealed class SweepParameter
{
    private const string Owner = "OptionSpace";

    // A double that is not a bound is worth that many digits to a reader.
    private const string Digits = "G4";
    private readonly IReadOnlyList<JsonNode?> _json;

    private SweepParameter(
        string name, SweepScale scale, bool isInteger, double minimum, double maximum, IReadOnlyList<object?> values, IReadOnlyList<JsonNode?> json, double? start)
    {
        Name = Require.Text(name, Owner, nameof(name), "Name it as tables should show it, such as \"rate\".");
        Scale = scale;
        IsInteger = isInteger;
        Minimum = minimum;
        Maximum = maximum;
        Values = values;
        _json = json;
        Start = start;
        Choices = new EquatableList<string>(ChoiceText.Of(values, json));
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>How its values are spread.</summary>
    public SweepScale Scale { get; }

    /// <summary>Whether only whole numbers are tried.</summary>
    public bool IsInteger { get; }

    /// <summary>The lower bound; of a choice 0.</summary>
    public double Minimum { get; }

    /// <summary>The upper bound, included; of a choice the last index.</summary>
    public double Maximum { get; }

    /// <summary>The values of a choice in words, in order; empty for a range.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>When it counts, such as <c>clipper is clip-by-global-norm</c>; null when always.</summary>
    public string? Condition { get; private init; }

    /// <summary>The value of the first trial; null when none was named.</summary>
    internal double? Start { get; private init; }

    /// <summary>The index of the choice that it depends on; null when on none.</summary>
    internal int? Parent { get; private init; }

    /// <summary>The index of the value that the choice must have.</summary>
    internal int ParentValue { get; private init; }

    internal IReadOnlyList<object?> Values { get; }

    /// <summary>How many values there are; null when they are beyond counting.</summary>
    internal double? Count => Scale == SweepScale.Choice || IsInteger ? Maximum - Minimum + 1 : null;

    /// <summary>A value in words.</summary>
    /// <param name="value">The number of the range, or the index of the choice.</param>
    public string Text(double value) => Scale == SweepScale.Choice ? Choices[(int)value] : value.ToString(IsInteger ? "F0" : Digits, CultureInfo.InvariantCulture);

    /// <summary>Where a value lies between the bounds by its scale, 0 to 1; a single choice lies at 0.5.</summary>
    /// <param name="value">The number of the range, or the index of the choice.</param>
    public double Position(double value)
    {
        var (low, high, at) = (Warp(Minimum), Warp(Maximum), Warp(value));
        return high > low ? Math.Clamp((at - low) / (high - low), 0, 1) : 0.5;
    }

    internal static SweepParameter Range(string name, SweepScale scale, bool isInteger, double minimum, double maximum, double? start)
    {
        Require.That(
            double.IsFinite(minimum) && double.IsFinite(maximum) && minimum < maximum, FormattableString.Invariant($"{minimum} to {maximum}"), Owner, name, "have finite bounds, the lower below the upper", "Take an option that is not searched out of the space.");
        Require.That(scale != SweepScale.LogUniform || minimum > 0, minimum, Owner, name, "have a lower bound above 0 to be searched by its logarithm", "Use Uniform or Integer.");
        Require.That(start is not { } first || (first >= minimum && first <= maximum), start, Owner, name, "start within its bounds", "Leave the start out, or widen the bounds.");
        return new(name, scale, isInteger, minimum, maximum, [], [], start);
    }

    internal static SweepParameter Choice<T>(string name, IReadOnlyList<T> values, int? start)
    {
        Require.That(values.Count > 0, values.Count, Owner, name, "have a value at least", "Give the values to choose from.");
        Require.That(
            values.Distinct().Count() == values.Count, $"[{string.Join(", ", values)}]", Owner, name, "have values that differ", "Take what is there twice out.");
        return new(name, SweepScale.Choice, false, 0, values.Count - 1, [.. values], [.. values.Select(value => ToJson(value))], start);
    }

    internal SweepParameter When(int parent, int value, string condition) => Parent is not null
        ? this
        : new(Name, Scale, IsInteger, Minimum, Maximum, Values, _json, Start) { Parent = parent, ParentValue = value, Condition = condition };

    /// <summary>The value at a place from 0 to below 1: of whole numbers and choices each has a piece of the same size by the scale.</summary>
    internal double FromUnit(double unit)
    {
        if (!IsInteger && Scale != SweepScale.Choice)
        {
            return Math.Clamp(Unwarp(Warp(Minimum) + (unit * (Warp(Maximum) - Warp(Minimum)))), Minimum, Maximum);
        }

        var (low, high) = Edges();
        // The sum makes a 0 of a negative 0.
        return Math.Clamp(Math.Round(Unwarp(low + (unit * (high - low)))), Minimum, Maximum) + 0.0;
    }

    /// <summary>The middle of the place of a value, see <see cref="FromUnit"/>.</summary>
    internal double ToUnit(double value)
    {
        var (low, high) = IsInteger || Scale == SweepScale.Choice ? Edges() : (Warp(Minimum), Warp(Maximum));
        return (Warp(value) - low) / (high - low);
    }

    /// <summary>So many values from bound to bound, evenly by the scale; all values of a choice.</summary>
    internal IReadOnlyList<double> Steps(int count) => Scale == SweepScale.Choice || Count <= count
        ? [.. Enumerable.Range(0, (int)Count!).Select(i => Minimum + i)]
        : count == 1
            ? [FromUnit(0.5)]
            : [.. Enumerable.Range(0, count).Select(i => At(i / (count - 1.0))).Distinct()];

    internal JsonNode? ToJson(double value) => Scale == SweepScale.Choice ? _json[(int)value]?.DeepClone() : JsonValue.Create(value);

    /// <summary>What makes it this parameter and no other, for fingerprints.</summary>
    internal JsonObject Describe() => new()
    {
        ["name"] = Name,
        ["scale"] = Scale.ToString(),
        ["integer"] = IsInteger,
        ["minimum"] = Minimum,
        ["maximum"] = Maximum,
        ["start"] = Start,
        ["values"] = new JsonArray([.. _json.Select(value => value?.DeepClone())]),
        ["condition"] = Condition,
    };

    private static JsonNode? ToJson<T>(T value)
    {
        try
        {
            return JsonSerializer.SerializeToNode(value, Descriptions.Options);
        }
        catch (NotSupportedException)
        {
            // A kind that is not registered, or no data at all: its text has to do, and the index stands beside it in files.
            return JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture));
        }
    }

    private double At(double position)
    {
        var value = Math.Clamp(Unwarp(Warp(Minimum) + (position * (Warp(Maximum) - Warp(Minimum)))), Minimum, Maximum);
        return IsInteger ? Math.Round(value) : value;
    }

    private (double Low, double High) Edges() => (Warp(Minimum - 0.5), Warp(Maximum + 0.5));

    private double Warp(double value) => Scale == SweepScale.LogUniform ? Math.Log(value) : value;

    private double Unwarp(double value) => Scale == SweepScale.LogUniform ? Math.Exp(value) : value;
}
