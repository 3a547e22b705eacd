using System.CommandLine;

namespace Samples.Cli;

/// <summary>The options that say which rows are learned from.</summary>
internal sealed class DataFlags
{
    private static readonly Dictionary<string, TaskKind?> Tasks = new()
    {
        ["auto"] = null,
        ["multiclass"] = TaskKind.Multiclass,
        ["binary"] = TaskKind.Binary,
        ["regression"] = TaskKind.Regression,
    };

    private readonly Argument<string> _data = new("data") { Description = "The CSV file with the rows to learn from." };
    private readonly Option<string> _label = new("--label", "-l") { Description = "The column to learn.", HelpName = "COLUMN", Required = true };
    private readonly Option<Chosen<TaskKind?>?> _task = Flags.Choice("--task", "What to learn. Default auto: two distinct values are a binary task, texts and up to 20 whole numbers multiclass, other numbers regression.", Tasks);
    private readonly Option<string?> _positive = Flags.Text("--positive", "Of the two values of a binary label the positive one. Default: the last in order.", "VALUE");
    private readonly Option<string[]> _features = Flags.Texts("--features", "The columns to learn from, as a,b or pixel*. Default: all but the label and the weight.", "COLUMNS");
    private readonly Option<string[]> _ignore = Flags.Texts("--ignore", "Columns to leave out, as a,b or pixel*.", "COLUMNS");
    private readonly Option<string?> _weight = Flags.Text("--weight", "A column of numbers that weighs each row. Default: all rows alike.", "COLUMN");
    private readonly FileFlags _file = new();

    public void AddTo(Command command)
    {
        command.Add(_data);
        foreach (Option option in (Option[])[_label, _task, _positive, _features, _ignore, _weight])
        {
            command.Add(option);
        }

        _file.AddTo(command);
    }

    public DataRequest Read(ParseResult command)
    {
        var (label, weight) = (command.GetValue(_label)!, command.GetValue(_weight));
        var (features, ignore) = (command.GetValue(_features)!, command.GetValue(_ignore)!);
        var names = new[] { label, weight }.Concat(features).Concat(ignore).OfType<string>().ToList();
        return new DataRequest(_file.Read(command, command.GetValue(_data)!, names), label, command.GetValue(_task)?.Value, command.GetValue(_positive), features, ignore, weight);
    }
}
