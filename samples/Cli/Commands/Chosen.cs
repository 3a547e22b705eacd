namespace Samples.Cli;

/// <summary>What an option was given, where that may be nothing, as in <c>--clip none</c>; System.CommandLine has no null beside "not given".</summary>
internal sealed record Chosen<T>(T Value);
