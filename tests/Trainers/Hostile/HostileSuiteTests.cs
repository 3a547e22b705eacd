using MLNet.GradStability.Benchmarks.Hostile;

namespace MLNet.GradStability.Tests;

/// <summary>The tasks of the hostile suite in miniature, and two of them whole.</summary>
[Trait("Row", "R25")]
public sealed class HostileSuiteTests
{
    public static TheoryData<string> Names => [.. HostileTasks.All.Select(task => task.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_task_runs_by_every_recipe_and_the_defaults_stay_finite(string name)
    {
        var task = HostileTasks.All.Single(task => task.Name == name);
        var small = Miniature.Of(task);

        Assert.Equal(task.Hidden.Count, task.Hidden.Count(width => width == 64));
        Assert.True(double.IsFinite(OwnTraining.Train(small, Recipe.Defaults, 1).Metric));
        Assert.All(Recipe.Own, recipe => Assert.True(OwnTraining.Train(small, recipe, 1).Metric is double.NaN or (>= -1 and <= 1)));
    }

    [Theory]
    [InlineData("nan-sgd")]
    [InlineData("one-feature-1e9")]
    public void The_defaults_solve_what_the_plain_recipe_does_not(string name)
    {
        var task = HostileTasks.All.Single(task => task.Name == name) with { Epochs = 12 };
        var enough = 0.85 * OwnTraining.Reference(task, 1);

        Assert.True(OwnTraining.Train(task, Recipe.Defaults, 1).Metric > enough);
        Assert.False(OwnTraining.Train(task, Recipe.Plain, 1).Metric > enough);
    }
}
