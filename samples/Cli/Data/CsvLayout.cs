namespace Samples.Cli;

/// <summary>How a file is written.</summary>
/// <param name="Separator">What stands between fields.</param>
/// <param name="HasHeader">Whether the first row holds names.</param>
/// <param name="DecimalMarker">What stands in front of decimals: a point or a comma.</param>
internal sealed record CsvLayout(char Separator, bool HasHeader, char DecimalMarker)
{
    /// <summary>The separators that are looked for, and what they are called.</summary>
    public static readonly IReadOnlyDictionary<string, char> Separators = new Dictionary<string, char>
    {
        ["comma"] = ',',
        ["semicolon"] = ';',
        ["tab"] = '\t',
        ["pipe"] = '|',
    };

    public string SeparatorName => Separators.FirstOrDefault(pair => pair.Value == Separator).Key ?? $"'{Separator}'";

    public override string ToString() =>
        $"separated by {SeparatorName}, {(HasHeader ? "with a header" : "without a header")}{(DecimalMarker == ',' ? ", decimal commas" : string.Empty)}";
}
