namespace Samples.Cli;

/// <summary>Ends the program with a message for its user.</summary>
internal sealed class CliException(int exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode => exitCode;

    /// <summary>The command line asks for what cannot be.</summary>
    public static CliException Usage(string message, Exception? cause = null) => new(Cli.ExitCode.Usage, message, cause);

    /// <summary>The run failed.</summary>
    public static CliException Failed(string message, Exception? cause = null) => new(Cli.ExitCode.Failed, message, cause);
}
