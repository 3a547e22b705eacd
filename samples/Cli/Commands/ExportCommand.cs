using System.CommandLine;
using MLNet.GradStability;

namespace Samples.Cli;

/// <summary><c>gradstab export</c>: a model for other programs.</summary>
internal sealed class ExportCommand
{
    public const string Examples = """
        Examples:
          gradstab export iris.zip --out iris.onnx

        The ONNX model takes the columns of the file, numbers as float32 and texts as strings, and gives PredictedLabel, Probability and Score as the model has them.
        Exit codes: 0 done, 1 a file is missing, damaged or cannot be written, or a part of the model cannot be exported.
        """;

    private readonly Argument<string> _model = new("model") { Description = "The model, as \"gradstab train\" or ML.NET saved it." };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The ONNX file to write.", HelpName = "FILE", Required = true };

    public Command Create()
    {
        var command = new Command("export", "Write a model as ONNX, for onnxruntime and others.") { _model, _out };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult command)
    {
        var terminal = new Terminal(command);
        var path = OutputFiles.Check(command.GetValue(_out), "--out")!;
        var ml = terminal.Context(seed: 1);
        var model = LoadedModel.Open(ml, command.GetValue(_model)!);
        try
        {
            ml.Model.SaveOnnx(model.Model, model.Inputs, path);
        }
        catch (NotSupportedException e)
        {
            throw CliException.Failed(e.Message, e);
        }

        terminal.Note($"written to {path}");
        return ExitCode.Done;
    }
}
