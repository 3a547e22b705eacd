using System.CommandLine;
using MLNet.GradStability;

namespace Samples.Cli;

/// <summary><c>gradstab train</c>: learns from a file, measures on rows held out, and saves the model.</summary>
internal sealed class TrainCommand
{
    public const string Examples = """
        Examples:
          gradstab train iris.csv --label species --out iris.zip
          gradstab train houses.csv --label price --ignore id --network mlp:64,64 --clip agc --epochs 100 --out houses.zip
          gradstab train digits.csv --label digit --network cnn:1x8x8,16,32 --normalization batch --out digits.zip --report digits.html

        Ctrl-C ends the training with the best network so far, which is measured and saved as usual.
        Exit codes: 0 done, 1 the run failed or diverged, 2 the command line asks for what cannot be, 130 ended by Ctrl-C.
        """;

    private readonly DataFlags _data = new();
    private readonly NetworkFlags _network = new();
    private readonly ValidationFlags _validation = new();
    private readonly Option<string?> _checkpoints = Flags.Text("--checkpoints", "A folder for checkpoints: the same command, run again, goes on from the newest.", "FOLDER");
    private readonly Option<string> _out = new("--out", "-o") { Description = "Where to save the model, an ML.NET model.zip.", HelpName = "MODEL", Required = true };

    private readonly Option<string?> _report = Flags.Text("--report", "Where to write a report on the training, a self-contained HTML page.", "FILE");

    public Command Create()
    {
        var command = new Command("train", "Learn from a CSV file and save a model.");
        _data.AddTo(command);
        _network.AddTo(command);
        _validation.AddTo(command);
        command.Add(_checkpoints);
        command.Add(_out);
        command.Add(_report);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult command)
    {
        var terminal = new Terminal(command);
        var path = OutputFiles.Check(command.GetValue(_out), "--out")!;
        var report = OutputFiles.Check(command.GetValue(_report), "--report");
        var testFraction = _validation.TestFraction(command);
        _network.UseThreads(command);
        var table = TrainingTable.Open(terminal, terminal.Context(_network.Seed(command)), _data.Read(command), testFraction);
        var draft = _network.Read(command, table.Plan.Label.Task);
        var options = OptionErrors.AsUsage(() => _validation.Apply(command, draft.ToOptions()) with
        {
            Checkpoints = command.GetValue(_checkpoints) is { } folder ? new Checkpointing(folder) : null,
        });

        var model = TrainingRun.Fit(terminal, table, options);
        model.Save(path);
        var code = model.Show(terminal);
        Terminal.Result($"model: {path}");
        if (report is not null)
        {
            model.SaveReport(report);
            Terminal.Result($"report: {report}");
        }

        return code;
    }
}
