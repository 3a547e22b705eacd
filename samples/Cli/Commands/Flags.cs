using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Samples.Cli;

/// <summary>Makes options whose errors say what must hold.</summary>
internal static class Flags
{
    public static Option<int?> Integer(string name, string description) => Make<int?>(
        name, description, "N", text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"must be a whole number; got \"{text}\""));

    public static Option<double?> Number(string name, string description) => Make<double?>(
        name, description, "X", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"must be a number such as 0.1 or 1e-3; got \"{text}\""));

    public static Option<string?> Text(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    public static Option<string[]> Texts(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help, AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };

    public static Option<Chosen<T>?> Choice<T>(string name, string description, IReadOnlyDictionary<string, T> choices) => Make<Chosen<T>?>(
        name, description, string.Join('|', choices.Keys), text => choices.TryGetValue(text, out var value) ? new(value) : throw new FormatException($"must be one of {string.Join(", ", choices.Keys)}; got \"{text}\""));

    /// <summary>An option that takes a kind.</summary>
    public static Option<Chosen<T?>?> Kind<T>(KindTable<T> table, string description)
        where T : class =>
        Make<Chosen<T?>?>(table.Option, $"{description} One of: {table.Choices}.", "KIND", text =>
        {
            try
            {
                return new(table.Read(text));
            }
            catch (FormatException e)
            {
                throw new FormatException($"{text}: {e.Message}", e);
            }
        });

    private static Option<T> Make<T>(string name, string description, string help, Func<string, T> read) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result => Parse(result, name, read),
    };

    private static T? Parse<T>(ArgumentResult result, string name, Func<string, T> read)
    {
        try
        {
            return read(result.Tokens.Single().Value);
        }
        catch (FormatException e)
        {
            result.AddError($"{name} {e.Message}");
            return default;
        }
    }
}
