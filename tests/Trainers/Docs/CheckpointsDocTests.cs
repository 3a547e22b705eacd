using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>The examples of docs/checkpoints.md.</summary>
[Trait("Row", "R17")]
public sealed class CheckpointsDocTests
{
    [Fact]
    public void The_examples_are_compiled_and_run()
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(1);
        var train = ml.Transforms.CopyColumns("Label", "Ring").Fit(Samples.RingsView(ml, 40)).Transform(Samples.RingsView(ml, 40));

        // <example>
        var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Checkpoints = new Checkpointing(folder.Path) { EveryEpochs = 1, Every = TimeSpan.FromMinutes(10) },
        });
        var model = trainer.Fit(train);   // killed? Start the program again: nothing else is to be done
        // </example>

        model.Dispose();
        Assert.InRange(folder.Checkpoints.Length, 3, 4);
        PageExamples.AssertSame("docs/checkpoints.md", new Dictionary<string, string> { ["\"checkpoints\""] = "folder.Path" });
    }

    /// <summary>The second example, which is a method.</summary>
    private sealed class Remembering : BoundGradientTransform
    {
        private readonly Tensor _mean = zeros(1);
        private long _steps;

        public override void Apply(GradientStep step) => _steps++;

        // <example>
        public override void Exchange(RunState state)
        {
            state.Exchange("mean", _mean);        // a Tensor, filled in place
            state.Exchange("steps", ref _steps);
        }
        // </example>
    }
}
