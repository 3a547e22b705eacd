using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLNet.GradStability;

namespace Samples.Cli;

/// <summary><c>gradstab inspect</c>: what is in a model file.</summary>
internal sealed class InspectCommand
{
    public const string Examples = """
        Examples:
          gradstab inspect iris.zip
          gradstab inspect iris.zip --json | jq .options.optimizer

        Exit codes: 0 done, 1 the file is missing, damaged, or holds no network.
        """;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Argument<string> _model = new("model") { Description = "The model, as \"gradstab train\" or ML.NET saved it." };
    private readonly Option<bool> _json = new("--json") { Description = "Write JSON, with all options of the training." };

    public Command Create()
    {
        var command = new Command("inspect", "Show what a model is: its task, columns, network and options.") { _model, _json };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult command)
    {
        var terminal = new Terminal(command);
        var path = command.GetValue(_model)!;
        var model = LoadedModel.Open(terminal.Context(seed: 1), path);
        if (command.GetValue(_json))
        {
            Terminal.Result(ToJson(model, path).ToJsonString(Indented));
        }
        else
        {
            Show(model, path);
        }

        return ExitCode.Done;
    }

    private static JsonObject ToJson(LoadedModel model, string path)
    {
        var network = model.Network.Model;
        return new JsonObject
        {
            ["file"] = path,
            ["task"] = model.Task,
            ["label"] = model.Note?.Label,
            ["classes"] = model.Note is null ? null : new JsonArray([.. model.Note.Classes.Select(name => JsonValue.Create(name))]),
            ["inputs"] = new JsonArray([.. Inputs(model).Select(input => new JsonObject { ["name"] = input.Name, ["type"] = input.Type.ToString() })]),
            ["features"] = network.InputSize,
            ["outputs"] = network.OutputSize,
            ["parameters"] = network.ParameterCount,
            ["options"] = JsonNode.Parse(Descriptions.ToJson(network.Options)),
        };
    }

    private static void Show(LoadedModel model, string path)
    {
        var network = model.Network.Model;
        var options = network.Options;
        Terminal.Result($"model:      {path}");
        Terminal.Result($"task:       {model.Task}{(model.Note is { } note ? $" of \"{note.Label}\"" : string.Empty)}");
        if (model.Note is { Classes.Count: > 0 } classes)
        {
            Terminal.Result($"classes:    {ColumnList.Text(classes.Classes)}{(classes.Classes.Count == 2 && model.Task == "binary" ? " (the last is positive)" : string.Empty)}");
        }

        Terminal.Result($"inputs:     {ColumnList.Text([.. Inputs(model).Select(input => $"{input.Name} ({input.Type})")])}");
        Terminal.Result(FormattableString.Invariant($"features:   {network.InputSize}"));
        Terminal.Result($"scaling:    {Text(options.InputScaling)}");
        Terminal.Result($"start:      {Text(options.Initializer)}");
        Terminal.Result($"gradients:  {Text(options.Gradients)}");
        Terminal.Result($"optimizer:  {Text(options.Optimizer)}");
        Terminal.Result($"penalty:    {Text(options.Regularizer)}");
        Terminal.Result($"averaging:  {Text(options.Averaging)}");
        Terminal.Result(FormattableString.Invariant($"network:    {network.ParameterCount} trained numbers, {network.OutputSize} output{(network.OutputSize == 1 ? string.Empty : "s")}"));
        Terminal.Result(options.Network.Summary(network.InputSize, network.OutputSize));
    }

    private static IEnumerable<Microsoft.ML.DataViewSchema.Column> Inputs(LoadedModel model) => model.Inputs.Where(input => !input.IsHidden);

    private static string Text<T>(T? description)
        where T : class =>
        description is null ? "none" : JsonText.Of(JsonNode.Parse(Descriptions.ToJson(description))!);
}
