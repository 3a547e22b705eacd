using Microsoft.ML;
using MLNet.GradStability.Tests.Distribution;

namespace MLNet.GradStability.Tests;

/// <summary>The examples of docs/distributed.md.</summary>
[Trait("Row", "R30")]
[Collection(nameof(Mpirun))]
public sealed class DistributedDocTests
{
    [MpiFact]
    public void The_examples_are_compiled_and_run()
    {
        using var folder = new TemporaryFolder();
        var outcome = Mpirun.Run(2, "examples", folder.Path);

        Assert.True(outcome.ExitCode == 0, outcome.Errors);

        // Before it stands what a terminal gets from .NET: mpirun gives the first rank one.
        Assert.EndsWith("Completed: all 1 epochs were trained.", Assert.Single(outcome.Output.Split('\n'), line => line.Contains("Completed", StringComparison.Ordinal)).TrimEnd(), StringComparison.Ordinal);
        Assert.All(outcome.Ranks, rank => Assert.Equal(2, rank.Fits[0].Result!.Ranks));
        PageExamples.AssertSame("docs/distributed.md");
    }

    /// <summary>What a rank does.</summary>
    internal static IEnumerable<FitOutcome> Run(ProcessGroup group, string folder, string[] arguments)
    {
        // <example>
        var options = new NeuralNetworkOptions
        {
            BatchSize = 512,                      // over all processes; 128 rows for each of 4
            Distribution = DataParallel.Mpi(),
        };
        // </example>

        var ml = new MLContext(1);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options with { LabelColumnName = "Ring", Epochs = 1 }).Fit(Samples.RingsView(ml, 30));

        // <example>
        var here = DataParallel.Mpi().Join();
        if (here.IsFirst)
        {
            Console.WriteLine(model.Model.Training!.StopReason);
        }

        here.Barrier();                           // until all ranks have come here
        // </example>

        yield return new FitOutcome("examples", [], model.Model.Training, [], [], null);
    }
}
