using Microsoft.ML;

namespace MLNet.GradStability.Tests;

/// <summary>The examples of docs/guard.md are the code below, and they run.</summary>
public sealed class GuardDocTests
{
    [Fact]
    public void The_examples_are_those_of_the_page() => PageExamples.AssertSame("docs/guard.md");

    [Fact]
    public void Incidents_and_policy()
    {
        var ml = new MLContext(1);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(new() { LabelColumnName = "Ring", Epochs = 1 }).Fit(Samples.RingsView(ml));

        // <example>
        foreach (var incident in model.Model.Training!.Incidents)
        {
            Console.WriteLine(incident);
        }
        // </example>
        // <example>
        var options = new NeuralNetworkOptions
        {
            Stability = new StabilityPolicy { SpikeFactor = 5, BadSteps = 1, OnDivergence = DivergenceAction.Throw },
        };
        // </example>
        Assert.Equal(5, options.Stability.SpikeFactor);
    }
}
