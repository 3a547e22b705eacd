using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.AutoML;
using MLNet.GradStability;

namespace Samples.AutoML;

/// <summary>Writes a line for each trial: its score, or why it failed.</summary>
internal sealed class TrialLines : IMonitor
{
    public void ReportCompletedTrial(TrialResult result)
    {
        var ended = Network(result.Model).Training!.StopReason;
        Console.WriteLine(FormattableString.Invariant(
            $"trial {result.TrialSettings.TrialId}: {result.Metric:F4} in {result.DurationInMilliseconds / 1000:F1} s{(ended.Kind == StopKind.Diverged ? $"  FAILED: {ended}" : string.Empty)}"));
    }

    public void ReportBestTrial(TrialResult result) => Console.WriteLine($"trial {result.TrialSettings.TrialId} is the best so far");

    public void ReportFailTrial(TrialSettings settings, Exception? exception = null) => Console.WriteLine($"trial {settings.TrialId} threw: {exception?.Message}");

    public void ReportRunningTrial(TrialSettings settings)
    {
    }

    /// <summary>The network in a model.</summary>
    public static TrainedNetwork Network(ITransformer model) => Flatten(model).OfType<NeuralNetworkTransformer>().Single().Model;

    /// <summary>The searched options of a trial as text.</summary>
    public static string Options(TrialResult trial) => JsonSerializer.Serialize(trial.TrialSettings.Parameter);

    private static IEnumerable<ITransformer> Flatten(ITransformer model) => model is IEnumerable<ITransformer> chain ? chain.SelectMany(Flatten) : [model];
}
