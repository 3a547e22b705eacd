namespace Samples.Cli;

/// <summary>A file, and what its user says of it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Separator">What stands between fields; null to find it.</param>
/// <param name="HasHeader">Whether the first row holds names; null to find it.</param>
/// <param name="Names">Names that some columns are expected to have: a first row with one of them is a header.</param>
internal sealed record CsvRequest(string Path, char? Separator, bool? HasHeader, IReadOnlyCollection<string> Names);
