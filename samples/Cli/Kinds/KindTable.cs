using System.Globalization;
using System.Text.RegularExpressions;

namespace Samples.Cli;

/// <summary>What a table of kinds shows of itself.</summary>
internal interface IKindTable
{
    /// <summary>The noun, in the plural, by which <c>gradstab kinds</c> finds it.</summary>
    string Noun { get; }

    /// <summary>The option that takes one.</summary>
    string Option { get; }

    /// <summary>In a line, what may be given.</summary>
    string Choices { get; }

    /// <summary>What the kinds can be joined by, in words; null when by nothing.</summary>
    string? Grammar { get; }

    /// <summary>How each is written, and what it does.</summary>
    IEnumerable<(string Usage, string Meaning)> Rows { get; }
}

/// <summary>
/// All kinds of a noun that the command line knows, and the reader of their descriptions: <c>name</c>, <c>name:1,2</c> or <c>name:number=1</c>; where the
/// noun can be joined <c>a+b</c>, and where it can be narrowed to layers <c>a@pattern</c>.
/// </summary>
internal sealed partial class KindTable<T>(string noun, string option, IReadOnlyList<Kind<T>> kinds) : IKindTable
    where T : class
{
    public string Noun => noun;

    public string Option => option;

    /// <summary>What a bare number means; null when it means nothing.</summary>
    public Func<double, T>? OfNumber { get; init; }

    /// <summary>The meaning of a bare number, for help.</summary>
    public string NumberMeaning { get; init; } = string.Empty;

    /// <summary>What <c>none</c> means, for help; null when there must be one.</summary>
    public string? NoneMeaning { get; init; }

    /// <summary>Joins two; null when the noun cannot be joined.</summary>
    public Func<T, T, T>? Join { get; init; }

    /// <summary>Narrows one to layers by name; null when the noun cannot be narrowed.</summary>
    public Func<T, string, T>? Narrow { get; init; }

    public string Choices => string.Join(", ", (string[])[.. NoneMeaning is null ? [] : (string[])["none"], .. OfNumber is null ? [] : (string[])["a number"], .. kinds.Select(kind => kind.Name)]);

    public string? Grammar => Join is null ? null : "a+b is one after the other" + (Narrow is null ? "." : ", a@pattern is for layers by name, as in 0.1@hidden0*+1.");

    public IEnumerable<(string Usage, string Meaning)> Rows =>
    [
        .. NoneMeaning is null ? [] : new[] { ("none", NoneMeaning) },
        .. OfNumber is null ? [] : new[] { ("NUMBER", NumberMeaning) },
        .. kinds.Select(kind => (kind.Usage, kind.Meaning)),
    ];

    /// <summary>Reads a description; null is none.</summary>
    /// <exception cref="FormatException">It is not valid; the message says what is.</exception>
    public T? Read(string text)
    {
        if (NoneMeaning is not null && text == "none")
        {
            return null;
        }

        var parts = Join is null ? [text] : Plus().Split(text);
        return parts.Select(ReadPart).Aggregate((all, next) => Join!(all, next));
    }

    private T ReadPart(string text)
    {
        if (Narrow is not null && text.LastIndexOf('@') is >= 0 and var at)
        {
            return Narrow(ReadPart(text[..at]), text[(at + 1)..]);
        }

        if (OfNumber is not null && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            try
            {
                return OfNumber(number);
            }
            catch (ArgumentException e)
            {
                throw new FormatException(Messages.Of(e), e);
            }
        }

        var (name, numbers) = text.Split(':', 2) is [var before, var after] ? (before, after) : (text, string.Empty);
        var kind = kinds.FirstOrDefault(kind => kind.Name == name)
            ?? throw new FormatException($"there is no \"{name}\" among the {Noun}{Closest.Hint(name, kinds.Select(kind => kind.Name))} It must be one of: {Choices}. \"gradstab kinds {Noun}\" explains them.");
        return kind.Read(numbers);
    }

    // Not the plus of an exponent.
    [GeneratedRegex(@"(?<![0-9.][eE])\+")]
    private static partial Regex Plus();
}
