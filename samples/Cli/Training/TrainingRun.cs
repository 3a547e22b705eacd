using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>Trains a network on a table, with progress on the terminal; Ctrl-C ends it with the best so far.</summary>
internal static class TrainingRun
{
    /// <exception cref="CliException">The options do not go together, or not with the data.</exception>
    public static FittedModel Fit(Terminal terminal, TrainingTable table, NeuralNetworkOptions options)
    {
        var preparation = table.Prepare(table.Train);
        var features = preparation.Transform(table.Train);
        NeuralNetworkTransformer Train(NeuralNetworkOptions run) => table.Trainer(table.Named(run)).Fit(features);
        var network = OptionErrors.AsUsage(() => terminal.IsQuiet
            ? TrainingDisplay.UntilCtrlC(stop => Train(options with { CancellationToken = stop }))
            : TrainingDisplay.Run((progress, stop) => Train(options with { Progress = progress, CancellationToken = stop }), terminal.Progress));
        return new FittedModel(table, preparation, network);
    }
}
