namespace Samples.Cli;

/// <summary>A number or text that a kind takes.</summary>
/// <param name="Name">The name.</param>
/// <param name="Default">What it is when it is left out; null when it must be given.</param>
/// <param name="IsList">Whether it takes all values that have no name.</param>
internal sealed record Parameter(string Name, string? Default, bool IsList)
{
    /// <summary>Reads a list such as <c>theta=5000, beta=0.999</c>; a star behind the name makes a list of it.</summary>
    public static IReadOnlyList<Parameter> ReadAll(string text) =>
    [
        .. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Select(part => new Parameter(part[0].TrimEnd('*'), part.ElementAtOrDefault(1), part[0].EndsWith('*'))),
    ];

    public override string ToString() => IsList ? $"{Name},…" : Default is null ? Name : $"{Name}={Default}";
}
