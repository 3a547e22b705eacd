using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>A trained network with the transforms in front of it: to be saved and measured.</summary>
internal sealed class FittedModel(TrainingTable table, ITransformer preparation, NeuralNetworkTransformer network)
{
    private readonly TransformerChain<NeuralNetworkTransformer> _scored = preparation.Append(network);

    /// <summary>Saves it, from the columns of the file to the prediction.</summary>
    public void Save(string path)
    {
        var (ml, label) = (table.Context, table.Plan.Label);
        var inputs = table.Plan.Table.Load(ml, LabelledRows.Features(table.Plan));
        ITransformer model = label.Task == TaskKind.Multiclass
            ? _scored.Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(_scored.Transform(inputs)))
            : _scored;
        new ModelNote(label.Task.ToString().ToLowerInvariant(), label.Column.Name, label.Classes).Save(ml, model, inputs.Schema, path);
    }

    /// <summary>Writes a report on the training, and on the rows held out.</summary>
    public void SaveReport(string path)
    {
        var report = TrainingReport.Of(network.Model);
        (table.Test is null ? report : report.WithEvaluation(_scored.Transform(table.Test), "held-out rows")).SaveHtml(path);
    }

    /// <summary>Writes how the training went, and what the network is worth on rows held out; the exit code says it in short.</summary>
    public int Show(Terminal terminal)
    {
        var training = network.Model.Training!;
        TrainingSummary.Show(terminal, training);
        HeldOutResults.Show(table.Context, table.Plan, table.Names, table.Test is null ? null : _scored.Transform(table.Test));
        return training.StopReason.Kind switch
        {
            StopKind.Cancelled => ExitCode.Cancelled,
            StopKind.Diverged => ExitCode.Failed,
            _ => ExitCode.Done,
        };
    }
}
