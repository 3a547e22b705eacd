namespace Samples.Cli;

/// <summary>What the command line says of the rows to learn from.</summary>
/// <param name="File">The file.</param>
/// <param name="Label">The column to learn.</param>
/// <param name="Task">The task; null to infer it.</param>
/// <param name="Positive">Of two classes the positive one; null for the last in order.</param>
/// <param name="Features">Patterns of the columns to learn from; none for all.</param>
/// <param name="Ignore">Patterns of columns to leave out.</param>
/// <param name="Weight">The column that weighs rows; null for none.</param>
internal sealed record DataRequest(
    CsvRequest File, string Label, TaskKind? Task, string? Positive, IReadOnlyList<string> Features, IReadOnlyList<string> Ignore, string? Weight);
