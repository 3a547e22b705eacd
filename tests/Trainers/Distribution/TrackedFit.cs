using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Distribution;

/// <summary>A fit that tells what happened in it, the same in a single process and on a rank.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Trainer">Makes the trainer.</param>
/// <param name="Options">Its options.</param>
/// <param name="Data">Its rows.</param>
internal sealed record TrackedFit(
    string Name, NeuralNetworkOptions Options, Func<MLContext, IDataView> Data, Func<MLContext, NeuralNetworkOptions, NeuralNetworkTrainer> Trainer)
{
    /// <summary>The seed of the MLContext.</summary>
    public int? ContextSeed { get; init; } = 1;

    /// <param name="distribution">How processes share it; null for this one alone.</param>
    public FitOutcome Run(DataParallel? distribution = null)
    {
        var rows = new List<long[]>();
        var log = new List<string>();
        var ml = new MLContext(ContextSeed);
        ml.Log += (_, e) =>
        {
            if (e.Source.Contains("NeuralNetwork", StringComparison.Ordinal))
            {
                log.Add(e.RawMessage);
            }
        };
        var seen = Callback.On(stepStarting: (_, step) =>
        {
            if (step.Part == 0)
            {
                rows.Add([]);
            }

            rows[^1] = [.. rows[^1], .. step.RowIds()];
        });
        var options = Options with { Callbacks = [seen, .. Options.Callbacks], Distribution = distribution };
        try
        {
            using var model = Trainer(ml, options).Fit(Data(ml));
            var module = model.Model.Module;
            var tensors = module.parameters().Select(parameter => (Tensor)parameter).Concat(module.named_buffers().Select(named => named.Item2).Where(buffer => buffer.is_floating_point()));
            return new FitOutcome(Name, [.. tensors.SelectMany(Support.ToArray)], model.Model.Training!, rows, log, null);
        }
        catch (Exception e)
        {
            return new FitOutcome(Name, [], null, rows, log, $"{e.GetType().Name}: {e.Message}");
        }
    }
}
