using Microsoft.ML;

namespace MLNet.GradStability.Tests;

/// <summary>The example of docs/diagnosis.md is the code below, it runs, and the page has every verdict.</summary>
[Trait("Row", "R29")]
public sealed class DiagnosisDocTests
{
    [Fact]
    public void The_example_is_that_of_the_page() => PageExamples.AssertSame("docs/diagnosis.md");

    [Fact]
    public void The_page_names_every_verdict()
    {
        var page = File.ReadAllText(PageExamples.Path("docs/diagnosis.md"));
        Assert.All(Enum.GetNames<DiagnosisKind>(), kind => Assert.Contains($"| `{kind}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public void A_verdict_is_printed()
    {
        var ml = new MLContext(1);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(new() { LabelColumnName = "Ring", Epochs = 5, Seed = 1 }).Fit(Samples.RingsView(ml));

        // <example>
        var diagnosis = model.Model.Training!.Diagnosis!;
        Console.WriteLine(diagnosis.Sentence);
        foreach (var line in diagnosis.Evidence)
        {
            Console.WriteLine("  " + line);
        }

        Console.WriteLine(diagnosis.Remedy);
        Console.WriteLine(diagnosis.Code);
        // </example>
        Assert.NotEmpty(diagnosis.Sentence);
    }
}
