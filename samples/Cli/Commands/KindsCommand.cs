using System.CommandLine;
using Spectre.Console;

namespace Samples.Cli;

/// <summary><c>gradstab kinds</c>: what can be chosen, and how it is written.</summary>
internal sealed class KindsCommand
{
    public const string Examples = """
        Examples:
          gradstab kinds
          gradstab kinds clips
        """;

    private readonly Argument<string?> _noun = new("noun")
    {
        Description = $"Which: {string.Join(", ", AllKinds.Tables.Select(table => table.Noun))}. Default: all.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Command Create()
    {
        var command = new Command("kinds", "List the networks, clips, optimisers … that can be chosen, and how they are written.") { _noun };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult command)
    {
        var noun = command.GetValue(_noun);
        var tables = AllKinds.Tables.Where(table => noun is null || table.Noun == noun).ToList();
        if (tables.Count == 0)
        {
            throw CliException.Usage($"there is no \"{noun}\"{Closest.Hint(noun!, AllKinds.Tables.Select(table => table.Noun))} The nouns are: {string.Join(", ", AllKinds.Tables.Select(table => table.Noun))}.");
        }

        foreach (var kinds in tables)
        {
            var table = Terminal.Table();
            table.AddColumns(kinds.Option, "what it does");
            foreach (var (usage, meaning) in kinds.Rows)
            {
                table.AddRow(usage.EscapeMarkup(), meaning.EscapeMarkup());
            }

            Terminal.Result(table);
            Terminal.Result((kinds.Grammar is { } grammar ? grammar + " " : string.Empty) + "What is in brackets may be left out. Numbers come in order, or by name: name=1.\n");
        }

        return ExitCode.Done;
    }
}
