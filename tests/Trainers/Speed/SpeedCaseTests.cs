using MLNet.GradStability.Benchmarks.Speed;

namespace MLNet.GradStability.Tests.Speed;

/// <summary>Each case of the benchmark runs, on little work, without limits of time.</summary>
public class SpeedCaseTests
{
    public static TheoryData<string> Names => [.. SpeedCases.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_measures_something(string name)
    {
        var bench = new SpeedBench(null, Turns: 1, Scale: 1e-4, Threads: 1, CancellationToken.None);

        var outcomes = SpeedCases.All.Single(one => one.Name == name).Measure(bench).ToList();

        Assert.NotEmpty(outcomes);
        Assert.All(outcomes, outcome =>
        {
            // What needs a process of its own is not measured from here.
            Assert.True(outcome.Ours > 0 || name == "memory");
            Assert.StartsWith(name, outcome.Case, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_work_whose_memory_is_measured_can_be_done()
    {
        foreach (var score in new[] { false, true })
        {
            Assert.InRange(new MemoryWork(300, score, 1 << 20).Run(), 1, 1e6);
        }
    }

    [Fact]
    public void A_goal_says_which_side_is_good()
    {
        Assert.True(SpeedOutcome.Beside("one", "steps/s", Goal.AtLeast(1.5), [3, 4], [1, 2]).Met);
        Assert.False(SpeedOutcome.Beside("one", "µs", Goal.AtMost(1.5), [3, 4], [1, 2]).Met);
        Assert.Null(SpeedOutcome.Beside("one", "µs", Goal.AtMost(1.5), [3, 4], [double.NaN, double.NaN]).Met);
        Assert.True(SpeedOutcome.Alone("one", "µs", Goal.AtMost(100), 85).Met);
    }
}
