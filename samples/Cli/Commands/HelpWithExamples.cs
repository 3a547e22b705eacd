using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Samples.Cli;

/// <summary>The usual help, followed by the examples of a command.</summary>
internal sealed class HelpWithExamples(HelpAction usual, IReadOnlyDictionary<Command, string> texts) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        if (texts.TryGetValue(parseResult.CommandResult.Command, out var text))
        {
            parseResult.InvocationConfiguration.Output.WriteLine(text);
        }

        return ExitCode.Done;
    }
}
