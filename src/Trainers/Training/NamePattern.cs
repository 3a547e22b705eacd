using System.Text.RegularExpressions;

namespace MLNet.GradStability;

/// <summary>Chooses parameters by name: <c>*</c> stands for any characters, <c>?</c> for one; a parameter fits by its own name or by its layer's.</summary>
internal sealed class NamePattern(string pattern)
{
    private readonly Regex _regex = new(
        "^" + Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".") + "$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>The layer of a parameter: <c>hidden0</c> for <c>hidden0.weight</c>.</summary>
    public static string LayerOf(string name) => name.LastIndexOf('.') is var dot and > 0 ? name[..dot] : name;

    public bool Fits(string name) => _regex.IsMatch(name) || _regex.IsMatch(LayerOf(name));

    /// <summary>The items whose names fit.</summary>
    /// <param name="items">All of them.</param>
    /// <param name="name">An item's name.</param>
    /// <param name="owner">Who asks, for the message.</param>
    /// <exception cref="ArgumentException">None fits.</exception>
    public IReadOnlyList<T> Choose<T>(IEnumerable<T> items, Func<T, string> name, string owner)
    {
        var all = items.ToList();
        return all.Where(item => Fits(name(item))).ToList() is { Count: > 0 } chosen
            ? chosen
            : throw new ArgumentException(FitsNone(all.Select(name), owner));
    }

    /// <summary>Says that none of the names fits.</summary>
    public string FitsNone(IEnumerable<string> names, string owner) =>
        $"{owner}: pattern must fit at least one parameter; \"{pattern}\" fits none of {string.Join(", ", names)}. Use one of these names or a pattern such as \"hidden*\".";
}
