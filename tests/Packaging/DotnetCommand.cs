using System.Diagnostics;

namespace MLNet.GradStability.Packaging.Tests;

/// <summary>What a run of the dotnet command said, and how it ended.</summary>
internal sealed record DotnetCommand(int ExitCode, string Output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    /// <summary>Runs a build command in the root of the repository.</summary>
    /// <exception cref="TimeoutException">It took longer than 20 minutes, and was ended.</exception>
    public static DotnetCommand Build(params IEnumerable<string> arguments) =>
        Run(arguments.Concat(["-nodeReuse:false", "-p:UseSharedCompilation=false"]));   // Servers that stay would hold the streams open, and the command would seem to run on.

    /// <summary>Runs it in the root of the repository.</summary>
    /// <exception cref="TimeoutException">It took longer than 20 minutes, and was ended.</exception>
    public static DotnetCommand Run(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Repository.At("."), RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} must end within {Limit.TotalMinutes} minutes; it was ended.");
        }

        return new(process.ExitCode, string.Concat(output.GetAwaiter().GetResult()));
    }
}
