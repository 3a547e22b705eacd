using System.Diagnostics;

namespace MLNet.GradStability.Cli.Tests;

/// <summary>The built tool as a process.</summary>
internal static class Gradstab
{
    private static readonly string Program = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "gradstab.dll"));

    /// <summary>The tool as a shell runs it.</summary>
    public static string CommandLine => $"dotnet '{Program}'";

    public static Process Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // Waiting threads would take the cores of the other tests.
        start.Environment["OMP_NUM_THREADS"] = "1";
        return Process.Start(start)!;
    }

    public static Outcome Run(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        return Outcome.Of(process);
    }

    /// <summary>Runs a command as it would be typed; quoted arguments hold spaces.</summary>
    public static Outcome Type(string folder, string command) =>
        Run(folder, [.. command.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))]);
}

/// <summary>How a run of the tool ended, and what it wrote.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Errors)
{
    public static Outcome Of(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, errors.Result);
    }

    public Outcome Exits(int code)
    {
        Assert.True(ExitCode == code, $"exit code {ExitCode}, not {code}\n{Output}\n{Errors}");
        return this;
    }

    /// <summary>The errors hold these texts, and no stack trace.</summary>
    public void Says(params string[] texts)
    {
        Assert.All(texts, text => Assert.Contains(text, Errors, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Errors, StringComparison.Ordinal);
    }
}
