using MLNet.GradStability.Benchmarks.Quality;

namespace MLNet.GradStability.Tests;

/// <summary>The quality suite in a small form: two of its tables whole, with one seed.</summary>
[Trait("Row", "R24")]
public sealed class QualitySuiteTests
{
    [Theory]
    [InlineData("iris", 0.93)]
    [InlineData("wine", 0.96)]
    public void The_defaults_do_well_on_small_tables(string name, double enough)
    {
        const int folds = 3;
        var task = QualityTasks.All.Single(task => task.Name == name);

        var outcome = QualityOutcome.Of(task, [.. Enumerable.Range(0, folds).Select(fold => new QualityTrial(task, 1, task.Ours(folds, fold, new() { Seed = 1 }), null))]);

        Assert.Equal((name, "accuracy", outcome.Ours >= task.Bar), (outcome.Data, outcome.Measure, outcome.Met));
        Assert.InRange(outcome.Ours, enough, 1);
    }

    [Fact]
    public void Folds_part_the_rows_and_hold_each_class_evenly()
    {
        var table = Table.Read("iris", LabelKind.Class);
        var folds = Folds.Of(table, 5, seed: 1);

        Assert.Equal(150, table.X.Length);
        Assert.All(table.Labels.Zip(folds).GroupBy(row => row), rows => Assert.Equal(10, rows.Count()));
        Assert.Equal(folds, Folds.Of(table, 5, seed: 1));
        Assert.NotEqual(folds, Folds.Of(table, 5, seed: 2));
        var (train, test) = Folds.Split(table, 5, 0, seed: 1);
        Assert.Equal((120, 30), (train.X.Length, test.X.Length));
    }

    [Fact]
    public void A_task_is_summed_up_over_seeds_and_judged_by_its_bar()
    {
        var task = new TableTask("a number", 55.5, "diabetes", LabelKind.Number);
        QualityTrial[] trainings = [new(task, 1, 54, new(60, 56)), new(task, 1, 56, new(62, 58)), new(task, 2, 56, new(60, 56)), new(task, 2, 58, new(62, 58))];

        var outcome = QualityOutcome.Of(task, trainings);

        Assert.Equal(new QualityOutcome("a number", "RMSE", 56, 1, 55.5, 61, 57, Met: false), outcome);
        Assert.True(QualityOutcome.Of(task, trainings[..2]).Met);
        Assert.False(QualityOutcome.Of(task, [trainings[0] with { Ours = double.NaN }]).Met);
    }
}
