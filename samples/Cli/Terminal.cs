using System.CommandLine;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Samples.Cli;

/// <summary>Where the program writes: results to stdout, all else to stderr, so that results can be piped.</summary>
internal sealed class Terminal
{
    private const int WidthOfPipes = 10_000;

    public static readonly Option<bool> QuietOption = new("--quiet", "-q") { Description = "Write results and errors only.", Recursive = true };

    public static readonly Option<bool> VerboseOption = new("--verbose", "-v") { Description = "Write all messages of the run, and where an error came from.", Recursive = true };

    public Terminal(ParseResult command)
    {
        IsQuiet = command.GetValue(QuietOption);
        IsVerbose = command.GetValue(VerboseOption);
    }

    public bool IsQuiet { get; }

    public bool IsVerbose { get; }

    /// <summary>Where progress is shown.</summary>
    public IAnsiConsole Progress { get; } = For(Console.Error, Console.IsErrorRedirected);

    /// <summary>A line of the result.</summary>
    public static void Result(string text) => Console.Out.WriteLine(text);

    /// <summary>A table or chart of the result.</summary>
    public static void Result(IRenderable shown)
    {
        if (!Console.IsOutputRedirected)
        {
            AnsiConsole.Write(shown);
            return;
        }

        // Without the spaces that fill lines up.
        using var text = new StringWriter();
        For(text, isRedirected: true).Write(shown);
        foreach (var line in text.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0))
        {
            Result(line);
        }
    }

    /// <summary>Something worth knowing about the run.</summary>
    public void Note(string text)
    {
        if (!IsQuiet)
        {
            Console.Error.WriteLine(text);
        }
    }

    public static void Error(string text) => Console.Error.WriteLine($"error: {text}");

    /// <summary>A table for results, plain where it goes into a file.</summary>
    public static Table Table() => new() { Border = Console.IsOutputRedirected ? TableBorder.Markdown : TableBorder.Rounded };

    /// <summary>An ML.NET context whose messages are shown when they are asked for.</summary>
    public MLContext Context(int seed)
    {
        var ml = new MLContext(seed);
        if (IsVerbose)
        {
            ml.Log += (_, e) =>
            {
                if (e.Kind is not ChannelMessageKind.Trace)
                {
                    Console.Error.WriteLine(e.Message);
                }
            };
        }

        return ml;
    }

    private static IAnsiConsole For(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect });
        if (isRedirected)
        {
            console.Profile.Width = WidthOfPipes;
        }

        return console;
    }
}
