namespace Samples.Cli;

/// <summary>What the program ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The run failed: a training diverged, a file is missing, damaged or cannot be written.</summary>
    public const int Failed = 1;

    /// <summary>The command line asks for what cannot be.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C ended the run; what it had found is saved.</summary>
    public const int Cancelled = 130;
}
