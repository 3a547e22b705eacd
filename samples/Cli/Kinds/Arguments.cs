using System.Globalization;

namespace Samples.Cli;

/// <summary>What stands behind the name of a kind, in order or by name: <c>128,3</c> or <c>width=128,blocks=3</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];
    private readonly List<string> _list = [];

    /// <exception cref="FormatException">There are too many, too few, unknown ones, or one twice.</exception>
    public Arguments(string text, IReadOnlyList<Parameter> parameters)
    {
        var given = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var place = 0; place < given.Length; place++)
        {
            var (name, value) = Named(given[place]);
            var parameter = name is not null
                ? parameters.FirstOrDefault(p => p.Name == name && !p.IsList) ?? throw new FormatException($"it has no number \"{name}\"")
                : parameters.ElementAtOrDefault(place) ?? parameters.LastOrDefault(p => p.IsList) ?? throw new FormatException($"it takes {parameters.Count} at most; \"{value}\" is one too many");
            if (parameter.IsList)
            {
                _list.Add(value);
            }
            else if (!_values.TryAdd(parameter.Name, value))
            {
                throw new FormatException($"{parameter.Name} is given twice");
            }
        }

        foreach (var parameter in parameters.Where(p => !p.IsList && !_values.ContainsKey(p.Name)))
        {
            _values[parameter.Name] = parameter.Default ?? throw new FormatException($"{parameter.Name} must be given");
        }

        if (parameters.FirstOrDefault(p => p.IsList) is { } list && _list.Count == 0)
        {
            throw new FormatException($"{list.Name} must be given");
        }
    }

    public double Number(string name) =>
        double.TryParse(_values[name], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{name} must be a number such as 0.1 or 1e-3; got \"{_values[name]}\"");

    /// <summary>A number, or null for <c>auto</c>.</summary>
    public double? NumberOrAuto(string name) => _values[name] == "auto" ? null : Number(name);

    public int Integer(string name) => Integer(name, _values[name]);

    /// <summary>The values of the list.</summary>
    public IReadOnlyList<int> Integers(string name) => [.. _list.Select(value => Integer(name, value))];

    /// <summary>A shape such as <c>1x28x28</c>.</summary>
    public IReadOnlyList<int> Shape(string name) => [.. _values[name].Split('x').Select(size => Integer(name, size))];

    private static int Integer(string name, string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{name} must hold whole numbers; got \"{value}\"");

    private static (string? Name, string Value) Named(string text) =>
        text.Split('=', 2) is [var name, var value] ? (name.Trim(), value.Trim()) : (null, text);
}
