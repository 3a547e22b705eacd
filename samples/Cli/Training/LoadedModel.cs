using System.Text.Json;
using Microsoft.ML;
using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>A model from a file.</summary>
/// <param name="Model">The model.</param>
/// <param name="Inputs">The columns it was saved with.</param>
/// <param name="Network">The network in it.</param>
/// <param name="Note">What gradstab wrote beside it; null in models of other programs.</param>
internal sealed record LoadedModel(ITransformer Model, DataViewSchema Inputs, NeuralNetworkTransformer Network, ModelNote? Note)
{
    /// <exception cref="CliException">The file is missing, damaged, or has no network.</exception>
    public static LoadedModel Open(MLContext ml, string path)
    {
        if (!File.Exists(path))
        {
            throw CliException.Failed($"the model file \"{path}\" must exist; there is none. Check the path, or make one by \"gradstab train\".");
        }

        try
        {
            var model = ml.Model.LoadSafely(path, out var inputs);
            var network = Networks(model).FirstOrDefault() ?? throw CliException.Failed($"the model \"{path}\" must hold a network of MLNet.GradStability; it holds none.");
            return new LoadedModel(model, inputs, network, ModelNote.Read(path));
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            throw CliException.Failed(Messages.Of(e), e);
        }
    }

    /// <summary>The task, by the note or else by what the network puts out.</summary>
    public string Task => Note?.Task ?? (Network.GetOutputSchema(FeatureSchema()) switch
    {
        var schema when schema.GetColumnOrNull("Probability") is not null => "binary",
        var schema when schema.GetColumnOrNull("PredictedLabel") is not null => "multiclass",
        _ => "regression",
    });

    private DataViewSchema FeatureSchema()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(Network.FeatureColumnName, Network.FeatureColumnType);
        return builder.ToSchema();
    }

    private static IEnumerable<NeuralNetworkTransformer> Networks(ITransformer model) => model switch
    {
        NeuralNetworkTransformer network => [network],
        IEnumerable<ITransformer> chain => chain.SelectMany(Networks),
        _ => [],
    };
}
