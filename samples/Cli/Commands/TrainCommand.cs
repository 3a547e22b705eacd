using System.CommandLine;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.GradStability;

namespace Samples.Cli;

/// <summary><c>gradstab train</c>: learns from a file, measures on rows held out, and saves the model.</summary>
internal sealed class TrainCommand
{
    public const string Examples = """
        Examples:
          gradstab train iris.csv --label species --out iris.zip
          gradstab train houses.csv --label price --ignore id --network mlp:64,64 --clip agc --epochs 100 --out houses.zip
          gradstab train digits.csv --label digit --network cnn:1x8x8,16,32 --normalization batch --out digits.zip

        Ctrl-C ends the training with the best network so far, which is measured and saved as usual.
        Exit codes: 0 done, 1 the run failed or diverged, 2 the command line asks for what cannot be, 130 ended by Ctrl-C.
        """;

    private readonly DataFlags _data = new();
    private readonly NetworkFlags _network = new();
    private readonly Option<double?> _validation = Flags.Number("--validation", "Share of the rows to validate with during training. Default: 0.1; 0 for none.");
    private readonly Option<double?> _test = Flags.Number("--test-fraction", "Share of the rows held out to measure the trained network on. Default: 0.2; 0 for none.");
    private readonly Option<int?> _earlyStopping = Flags.Integer("--early-stopping", "End after so many epochs in which the validation loss did not improve, and go back to the best. Default: all epochs are trained.");
    private readonly Option<string?> _checkpoints = Flags.Text("--checkpoints", "A folder for checkpoints: the same command, run again, goes on from the newest.", "FOLDER");
    private readonly Option<string> _out = new("--out", "-o") { Description = "Where to save the model, an ML.NET model.zip.", HelpName = "MODEL", Required = true };

    public Command Create()
    {
        var command = new Command("train", "Learn from a CSV file and save a model.");
        _data.AddTo(command);
        _network.AddTo(command);
        foreach (Option option in (Option[])[_validation, _test, _earlyStopping, _checkpoints, _out])
        {
            command.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult command)
    {
        var terminal = new Terminal(command);
        var path = OutputFiles.Check(command.GetValue(_out), "--out")!;
        _network.UseThreads(command);
        var ml = terminal.Context(_network.Seed(command));
        var request = _data.Read(command);
        var plan = DataPlan.Make(CsvTable.Open(ml, request.File), request);
        var names = ColumnNames.Beside(plan);
        var options = Options(command, plan, names);
        foreach (var note in plan.Notes)
        {
            terminal.Note(note);
        }

        var rows = Split(ml, LabelledRows.Load(ml, plan, names), TestFraction(command));
        var preparation = Preparation.Make(ml, plan, names).Fit(rows.Train);
        var features = preparation.Transform(rows.Train);
        var network = Fit(terminal, options, run => Trainers.Make(ml, plan.Label.Task, run).Fit(features));
        var training = network.Model.Training!;

        var scored = preparation.Append(network);
        Save(ml, plan, scored, path);
        TrainingSummary.Show(terminal, training);
        HeldOutResults.Show(ml, plan, names, rows.Test is null ? null : scored.Transform(rows.Test));
        Terminal.Result($"model: {path}");
        return training.StopReason.Kind switch
        {
            StopKind.Cancelled => ExitCode.Cancelled,
            StopKind.Diverged => ExitCode.Failed,
            _ => ExitCode.Done,
        };
    }

    private NeuralNetworkOptions Options(ParseResult command, DataPlan plan, ColumnNames names)
    {
        try
        {
            return _network.Read(command, plan.Label.Task) with
            {
                LabelColumnName = names.Label,
                FeatureColumnName = names.Features,
                ExampleWeightColumnName = plan.Weight?.Name,
                ValidationFraction = command.GetValue(_validation) ?? 0.1,
                EarlyStopping = command.GetValue(_earlyStopping) is { } patience ? new EarlyStopping(patience: patience) : null,
                Checkpoints = command.GetValue(_checkpoints) is { } folder ? new Checkpointing(folder) : null,
            };
        }
        catch (ArgumentException e)
        {
            throw CliException.Usage(Messages.Of(e), e);
        }
    }

    private double TestFraction(ParseResult command)
    {
        var fraction = command.GetValue(_test) ?? 0.2;
        return fraction is >= 0 and < 1
            ? fraction
            : throw CliException.Usage(FormattableString.Invariant($"--test-fraction must be at least 0 and below 1; got {fraction}. Usual values are 0.1 to 0.3; 0 trains on all rows."));
    }

    private static (IDataView Train, IDataView? Test) Split(MLContext ml, IDataView rows, double testFraction)
    {
        if (testFraction == 0)
        {
            return (rows, null);
        }

        var split = ml.Data.TrainTestSplit(rows, testFraction);
        return (split.TrainSet, split.TestSet);
    }

    private static NeuralNetworkTransformer Fit(Terminal terminal, NeuralNetworkOptions options, Func<NeuralNetworkOptions, NeuralNetworkTransformer> fit)
    {
        try
        {
            return terminal.IsQuiet
                ? TrainingDisplay.UntilCtrlC(stop => fit(options with { CancellationToken = stop }))
                : TrainingDisplay.Run((progress, stop) => fit(options with { Progress = progress, CancellationToken = stop }), terminal.Progress);
        }
        catch (ArgumentException e)
        {
            // Options that do not go together, or not with the data.
            throw CliException.Usage(Messages.Of(e), e);
        }
    }

    private static void Save(MLContext ml, DataPlan plan, TransformerChain<NeuralNetworkTransformer> scored, string path)
    {
        var inputs = plan.Table.Load(ml, LabelledRows.Features(plan));
        ITransformer model = plan.Label.Task == TaskKind.Multiclass
            ? scored.Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored.Transform(inputs)))
            : scored;
        new ModelNote(plan.Label.Task.ToString().ToLowerInvariant(), plan.Label.Column.Name, plan.Label.Classes).Save(ml, model, inputs.Schema, path);
    }
}
