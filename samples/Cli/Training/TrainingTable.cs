using Microsoft.ML;
using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>The rows of a file to learn from, ready for a trainer, and those held out.</summary>
/// <param name="Context">The context.</param>
/// <param name="Plan">The data.</param>
/// <param name="Names">The names of the columns.</param>
/// <param name="Train">Rows to train on, as they are read.</param>
/// <param name="Test">Rows held out; null for none.</param>
internal sealed record TrainingTable(MLContext Context, DataPlan Plan, ColumnNames Names, IDataView Train, IDataView? Test)
{
    /// <summary>Reads the file, and tells what was found.</summary>
    public static TrainingTable Open(Terminal terminal, MLContext ml, DataRequest request, double testFraction)
    {
        var plan = DataPlan.Make(CsvTable.Open(ml, request.File), request);
        foreach (var note in plan.Notes)
        {
            terminal.Note(note);
        }

        var names = ColumnNames.Beside(plan);
        var rows = LabelledRows.Load(ml, plan, names);
        if (testFraction == 0)
        {
            return new(ml, plan, names, rows, null);
        }

        var split = ml.Data.TrainTestSplit(rows, testFraction);
        return new(ml, plan, names, split.TrainSet, split.TestSet);
    }

    /// <summary>The options with the names of the columns.</summary>
    public NeuralNetworkOptions Named(NeuralNetworkOptions options) => options with
    {
        LabelColumnName = Names.Label,
        FeatureColumnName = Names.Features,
        ExampleWeightColumnName = Plan.Weight?.Name,
    };

    public NeuralNetworkTrainer Trainer(NeuralNetworkOptions options) => Trainers.Make(Context, Plan.Label.Task, options);

    /// <summary>Fits the transforms that make the features.</summary>
    public ITransformer Prepare(IDataView rows) => Preparation.Make(Context, Plan, Names).Fit(rows);
}
