using System.CommandLine;

namespace Samples.Cli;

/// <summary><c>gradstab lr-find</c>: the range test for learning rates on a file.</summary>
internal sealed class LearningRateCommand
{
    public const string Examples = """
        Examples:
          gradstab lr-find iris.csv --label species
          gradstab lr-find houses.csv --label price --network mlp:64,64 --optimizer sgd --out curve.svg

        A fresh network is trained while the rate rises; the suggested rate is where the loss falls most steeply.
        Exit codes: 0 done, 1 the run failed, 2 the command line asks for what cannot be.
        """;

    private readonly DataFlags _data = new();
    private readonly NetworkFlags _network = new(withRate: false);
    private readonly Option<double?> _from = Flags.Number("--from", "The first rate. Default: 1e-7.");
    private readonly Option<double?> _to = Flags.Number("--to", "The last rate. Default: 10.");
    private readonly Option<int?> _steps = Flags.Integer("--steps", "Steps, 10 or more. Default: 100.");
    private readonly Option<string?> _out = Flags.Text("--out", "Where to write the curve, an SVG drawing.", "FILE");

    public Command Create()
    {
        var command = new Command("lr-find", "Find a learning rate for a CSV file.");
        _data.AddTo(command);
        _network.AddTo(command);
        foreach (Option option in (Option[])[_from, _to, _steps, _out])
        {
            command.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult command)
    {
        var terminal = new Terminal(command);
        var path = OutputFiles.Check(command.GetValue(_out), "--out");
        _network.UseThreads(command);
        var table = TrainingTable.Open(terminal, terminal.Context(_network.Seed(command)), _data.Read(command), testFraction: 0);
        var draft = _network.Read(command, table.Plan.Label.Task);
        var (from, to, steps) = (command.GetValue(_from) ?? 1e-7, command.GetValue(_to) ?? 10, command.GetValue(_steps) ?? 100);
        var curve = OptionErrors.AsUsage(() =>
            table.Trainer(table.Named(draft.ToOptions())).FindLearningRate(table.Prepare(table.Train).Transform(table.Train), from, to, steps));
        Terminal.Result(new LossChart(curve).Draw());
        Terminal.Result(FormattableString.Invariant($"suggested rate: {curve.Suggested:G3} (the loss is lowest at {curve.AtLowestLoss:G3}; beyond it training gets worse)"));
        if (path is not null)
        {
            curve.SaveSvg(path);
            Terminal.Result($"curve: {path}");
        }

        return ExitCode.Done;
    }
}
