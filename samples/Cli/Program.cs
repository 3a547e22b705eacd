using System.CommandLine;
using System.CommandLine.Help;
using Samples.Cli;

// gradstab: the library on CSV files, without writing code. Exit codes are in ExitCode.
var train = new TrainCommand().Create();
var predict = new PredictCommand().Create();
var inspect = new InspectCommand().Create();
var export = new ExportCommand().Create();
var sweep = new SweepCommand().Create();
var learningRate = new LearningRateCommand().Create();
var kinds = new KindsCommand().Create();
var root = new RootCommand("Trains stable neural networks on CSV files, predicts with them and inspects them.") { train, predict, inspect, export, sweep, learningRate, kinds };
root.Add(Terminal.QuietOption);
root.Add(Terminal.VerboseOption);
var help = root.Options.OfType<HelpOption>().Single();
help.Action = new HelpWithExamples((HelpAction)help.Action!, new Dictionary<Command, string>
{
    [root] = "\"gradstab train --help\" shows the options of a command, with examples.",
    [train] = TrainCommand.Examples,
    [predict] = PredictCommand.Examples,
    [inspect] = InspectCommand.Examples,
    [export] = ExportCommand.Examples,
    [sweep] = SweepCommand.Examples,
    [learningRate] = LearningRateCommand.Examples,
    [kinds] = KindsCommand.Examples,
});

var command = root.Parse(args);
if (command.Errors.Count > 0 && command.Action is not HelpWithExamples)
{
    foreach (var error in command.Errors)
    {
        Terminal.Error(error.Message);
    }

    Console.Error.WriteLine($"\"gradstab {(command.CommandResult.Command == root ? string.Empty : command.CommandResult.Command.Name + " ")}--help\" shows what can be given.");
    return ExitCode.Usage;
}

try
{
    // Ctrl-C belongs to the training.
    return command.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (Exception e)
{
    Terminal.Error(Messages.Of(e));
    if (command.GetValue(Terminal.VerboseOption))
    {
        Console.Error.WriteLine(e);
    }

    return e is CliException known ? known.ExitCode : ExitCode.Failed;
}
