using System.Text.RegularExpressions;

namespace Samples.Cli;

/// <summary>Messages of exceptions as a person at a terminal wants them.</summary>
internal static partial class Messages
{
    /// <summary>The message without the name of a parameter of the code.</summary>
    public static string Of(Exception exception) => ParameterName().Replace(exception.Message, string.Empty).Trim();

    [GeneratedRegex(@"\s*\(Parameter '[^']*'\)")]
    private static partial Regex ParameterName();
}
