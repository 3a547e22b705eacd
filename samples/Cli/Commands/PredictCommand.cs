using System.CommandLine;
using Microsoft.ML;

namespace Samples.Cli;

/// <summary><c>gradstab predict</c>: a line of predictions for each row of a file.</summary>
internal sealed class PredictCommand
{
    public const string Examples = """
        Examples:
          gradstab predict iris.zip flowers.csv --out predictions.csv
          gradstab predict houses.zip new.csv --keep id | head

        Each row gives one line, in order: PredictedLabel, Probability and Score as the model has them.
        Exit codes: 0 done, 1 a file is missing, damaged or cannot be written, 2 the columns do not fit the model.
        """;

    private readonly Argument<string> _model = new("model") { Description = "The model, as \"gradstab train\" or ML.NET saved it." };
    private readonly Argument<string> _data = new("data") { Description = "The CSV file with the rows to predict." };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "Where to write the predictions. Default: to stdout.", HelpName = "FILE" };
    private readonly Option<string[]> _keep = Flags.Texts("--keep", "Columns of the file to repeat in front of the predictions, as id,name.", "COLUMNS");
    private readonly FileFlags _file = new();

    public Command Create()
    {
        var command = new Command("predict", "Predict the rows of a CSV file with a model.") { _model, _data, _out, _keep };
        _file.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult command)
    {
        var terminal = new Terminal(command);
        var path = OutputFiles.Check(command.GetValue(_out), "--out");
        var ml = terminal.Context(seed: 1);
        var model = LoadedModel.Open(ml, command.GetValue(_model)!);
        var inputs = ModelInputs.Of(model);
        var keep = command.GetValue(_keep)!;
        var table = CsvTable.Open(ml, _file.Read(command, command.GetValue(_data)!, [.. inputs.Select(input => input.Name), .. keep]));
        var columns = ModelInputs.Find(table, inputs);
        var kept = ColumnList.Match(table, keep, "--keep");
        if (table.Columns.Select(column => column.Name).Except(inputs.Select(input => input.Name)).Where(name => name != model.Note?.Label).ToList() is { Count: > 0 } others)
        {
            terminal.Note($"columns the model does not use: {ColumnList.Text(others)}");
        }

        var taken = columns.Select(column => column.Column.Name).ToHashSet();
        var asText = kept.ToDictionary(column => column, column => ColumnNames.Free(column.Name + " as text", taken));
        var scored = model.Model.Transform(table.Load(ml, columns, asText));
        using var file = path is null ? null : new StreamWriter(path);
        var rows = new PredictionWriter(scored, model.Note, [.. asText.Select(pair => (pair.Key.Name, pair.Value))]).Write(file ?? Console.Out);
        terminal.Note(FormattableString.Invariant($"{rows} rows predicted{(path is null ? string.Empty : $", written to {path}")}"));
        return ExitCode.Done;
    }
}
