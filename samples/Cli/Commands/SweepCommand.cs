using System.CommandLine;
using Microsoft.ML;
using MLNet.GradStability;

namespace Samples.Cli;

/// <summary><c>gradstab sweep</c>: tries options and trains with the best.</summary>
internal sealed class SweepCommand
{
    public const string Examples = """
        Examples:
          gradstab sweep iris.csv --label species --trials 20 --out iris.zip
          gradstab sweep houses.csv --label price --search rate=1e-4..1e-1 clip=1/agc/zclip:2 network=mlp:64/mlp:128,64 --tuner asha --journal houses.jsonl
          gradstab sweep iris.csv --label species --report sweep.html --csv trials.csv --out iris.zip --training-report training.html

        What is not searched is as the other options say. Where their values lie in the ranges that are searched, the first trial has them, so that
        the best is no worse than those on the rows that compare. Choices start with their first value. Of the rows that are not held out a fifth compares the trials; with --out the best options
        then train on all of them. Ctrl-C ends the sweep; the best network so far is saved.
        Exit codes: 0 done, 1 no trial completed or the run failed, 2 the command line asks for what cannot be, 130 ended by Ctrl-C.
        """;

    private const double ComparedShare = 0.2;

    private static readonly Dictionary<string, Tuner> Tuners = new()
    {
        ["tpe"] = Tuner.Tpe(),
        ["random"] = Tuner.Random(),
        ["grid"] = Tuner.Grid(),
        ["asha"] = Tuner.Asha(),
    };

    private readonly DataFlags _data = new();
    private readonly NetworkFlags _network = new();
    private readonly ValidationFlags _validation = new();
    private readonly Option<string[]> _search = Flags.Texts("--search", $"What to search, as rate=1e-4..1e-1 or clip=1/agc/none. Default: {string.Join(' ', SearchTerms.Usual)}. There are: {SearchTerms.Names}.", "NAME=VALUES");
    private readonly Option<Chosen<Tuner>?> _tuner = Flags.Choice("--tuner", "How values are chosen. Default: tpe.", Tuners);
    private readonly Option<string?> _metric = Flags.Text("--metric", "What trials are judged by. Default: accuracy, of two classes auc, in regression rmse.", "METRIC");
    private readonly Option<int?> _trials = Flags.Integer("--trials", "Trials in all. Default: 30.");
    private readonly Option<double?> _minutes = Flags.Number("--minutes", "Time for the trials. Default: no limit.");
    private readonly Option<int?> _patience = Flags.Integer("--patience", "End after so many trials in a row without a better one. Default: all are run.");
    private readonly Option<int?> _cores = Flags.Integer("--cores", "Cores to use; each trial takes --threads of them, 1 by default. Default: all.");
    private readonly Option<string?> _journal = Flags.Text("--journal", "A file for the trials as they end: the same command, run again, goes on from there.", "FILE");
    private readonly Option<string?> _csv = Flags.Text("--csv", "Where to write all trials as a table.", "FILE");
    private readonly Option<string?> _report = Flags.Text("--report", "Where to write a report on the search, a self-contained HTML page.", "FILE");
    private readonly Option<string?> _trainingReport = Flags.Text("--training-report", "Where to write a report on the training with the best options; with --out.", "FILE");
    private readonly Option<string?> _out = new("--out", "-o") { Description = "Where to save a model trained with the best options.", HelpName = "MODEL" };

    public Command Create()
    {
        var command = new Command("sweep", "Search good options for a CSV file.");
        _data.AddTo(command);
        _network.AddTo(command);
        _validation.AddTo(command);
        foreach (Option option in (Option[])[_search, _tuner, _metric, _trials, _minutes, _patience, _cores, _journal, _csv, _report, _out, _trainingReport])
        {
            command.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult command)
    {
        var terminal = new Terminal(command);
        var (csv, report) = (OutputFiles.Check(command.GetValue(_csv), "--csv"), OutputFiles.Check(command.GetValue(_report), "--report"));
        var (path, trainingReport) = (OutputFiles.Check(command.GetValue(_out), "--out"), OutputFiles.Check(command.GetValue(_trainingReport), "--training-report"));
        if (path is null && trainingReport is not null)
        {
            throw CliException.Usage("--training-report must stand beside --out: the best options are trained with for the model to be saved. Add --out MODEL, or --report FILE for the search alone.");
        }

        var testFraction = _validation.TestFraction(command);
        var table = TrainingTable.Open(terminal, terminal.Context(_network.Seed(command)), _data.Read(command), testFraction);
        var ml = table.Context;
        var rows = ml.Data.TrainTestSplit(table.Train, ComparedShare);
        var preparation = table.Prepare(rows.TrainSet);
        var (train, compare) = (ml.Data.Cache(preparation.Transform(rows.TrainSet)), ml.Data.Cache(preparation.Transform(rows.TestSet)));
        SweepResult<NeuralNetworkOptions> Search(CancellationToken stop, IProgress<SweepProgress<NeuralNetworkOptions>>? progress) =>
            OptionErrors.AsUsage(() => Sweep(command, table, stop, progress)).Run(train, compare);
        var (result, cancelled) = TrainingDisplay.UntilCtrlC(stop =>
        (
            terminal.IsQuiet ? Search(stop, null) : SweepDisplay<NeuralNetworkOptions>.Run(progress => Search(stop, progress), terminal.Progress),
            stop.IsCancellationRequested));
        using var _ = result;
        SweepDisplay<NeuralNetworkOptions>.Show(result);
        if (csv is not null)
        {
            result.SaveCsv(csv);
            Terminal.Result($"trials: {csv}");
        }

        if (report is not null)
        {
            SweepReport.Of(result).WithTitle($"Options for {table.Plan.Label.Column.Name}").SaveHtml(report);
            Terminal.Result($"report: {report}");
        }

        if (!result.HasBest)
        {
            return cancelled ? ExitCode.Cancelled : throw CliException.Failed(result.Trials.All(trial => trial.State == TrialState.Cancelled)
                ? "a trial must complete for there to be a best one; the time was over before. Give more by --minutes."
                : $"a trial must complete for there to be a best one; none of {result.Trials.Count} did. The table has the reasons; search elsewhere.");
        }

        Terminal.Result($"best: {string.Join(' ', result.Best.Values.Select(value => $"--{value.Parameter.Name} {value.Text}"))}");
        return path is null
            ? cancelled ? ExitCode.Cancelled : ExitCode.Done
            : Finish(terminal, table, preparation, result, path, trainingReport, cancelled);
    }

    private OptionSweep<NeuralNetworkOptions> Sweep(
        ParseResult command, TrainingTable table, CancellationToken stop, IProgress<SweepProgress<NeuralNetworkOptions>>? progress)
    {
        var searched = command.GetValue(_search) is { Length: > 0 } given ? given : SearchTerms.Usual;
        var space = SearchTerms.Space(_network.Read(command, table.Plan.Label.Task), searched).Select(draft => table.Named(_validation.Apply(command, draft.ToOptions())));
        var metric = Metrics.Find(table.Plan.Label.Task, command.GetValue(_metric), table.Names.Label);
        var usual = new OptionSweep<NeuralNetworkOptions>(table.Context, space, table.Trainer, metric);
        return new(table.Context, space, table.Trainer, metric)
        {
            Tuner = command.GetValue(_tuner)?.Value ?? usual.Tuner,
            Trials = command.GetValue(_trials) ?? usual.Trials,
            TimeLimit = command.GetValue(_minutes) is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
            Patience = command.GetValue(_patience),
            Cores = command.GetValue(_cores) ?? usual.Cores,
            ThreadsPerTrial = _network.Threads(command) ?? usual.ThreadsPerTrial,
            Seed = _network.Seed(command),
            Journal = command.GetValue(_journal),
            Progress = progress,
            CancellationToken = stop,
        };
    }

    // A sweep that was ended leaves its best network as it is; else the best options learn from all rows that are not held out.
    private static int Finish(
        Terminal terminal, TrainingTable table, ITransformer preparation, SweepResult<NeuralNetworkOptions> result, string path, string? report, bool cancelled)
    {
        if (cancelled && result.Model is not NeuralNetworkTransformer)
        {
            terminal.Note("no model was saved: the best trial is of an earlier run. Run the command again to train with its options.");
            return ExitCode.Cancelled;
        }

        var model = cancelled ? new FittedModel(table, preparation, (NeuralNetworkTransformer)result.Model!) : TrainingRun.Fit(terminal, table, result.Best.Options!);
        model.Save(path);
        var code = model.Show(terminal);
        Terminal.Result($"model: {path}");
        if (report is not null)
        {
            model.SaveReport(report);
            Terminal.Result($"training report: {report}");
        }

        return cancelled ? ExitCode.Cancelled : code;
    }
}
