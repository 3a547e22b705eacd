using MLNet.GradStability.Benchmarks.Tuners;

namespace MLNet.GradStability.Tests.Sweeps;

/// <summary>What holds for every tuner.</summary>
public sealed class TunerContractTests
{
    private const int Trials = 60;

    private static readonly OptionSpace<Arguments> Space = KnownFunction.Conditional.Space;

    public static TheoryData<string> All => [.. TunerKinds.All.Keys];

    [Fact]
    public void The_table_has_every_kind() => Assert.Equal(
        typeof(Tuner).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Tuner))).Select(type => type.Name).Order(),
        TunerKinds.All.Values.Select(tuner => tuner.GetType().Name).Order());

    [Theory]
    [MemberData(nameof(All))]
    public void It_comes_back_from_JSON(string kind)
    {
        var tuner = TunerKinds.Of(kind);
        var json = Descriptions.ToJson(tuner);

        Assert.Equal(tuner, Descriptions.FromJson<Tuner>(json));
        Assert.Contains($"\"kind\":\"{kind}\"", json, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Points_are_within_bounds_and_differ_and_leave_out_what_does_not_count(string kind)
    {
        var points = Points(TunerKinds.Of(kind), seed: 1);

        Assert.Equal(Trials, points.Length);
        Assert.Equal(points.Length, points.Distinct().Count());
        Assert.All(points, point =>
        {
            Assert.All(Space.Parameters.Zip(point.Values).Where(pair => pair.Second is not null), pair => Assert.InRange(pair.Second!.Value, pair.First.Minimum, pair.First.Maximum));
            Assert.Equal(point[2] == 2, point[3] is not null);
        });
        Assert.Contains(points, point => point[3] is not null);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void One_seed_gives_the_same_points(string kind) => Assert.Equal(Points(TunerKinds.Of(kind), seed: 5), Points(TunerKinds.Of(kind), seed: 5));

    [Theory]
    [InlineData("random")]
    [InlineData("tpe")]
    [InlineData("asha")]
    public void Another_seed_gives_others(string kind) => Assert.NotEqual(Points(TunerKinds.Of(kind), seed: 5), Points(TunerKinds.Of(kind), seed: 6));

    [Theory]
    [InlineData("random")]
    [InlineData("tpe")]
    [InlineData("asha")]
    public void The_first_point_is_the_start_where_there_is_one(string kind)
    {
        var space = Space.Uniform("more", 0, 1, (at, _) => at, start: 0.25);
        var first = TunerKinds.Of(kind).Bind(space.Parameters, 1).Next(space.Start(), [], []);

        Assert.Equal(0.25, first![4]);
        Assert.Equal(space.Parameters[0].FromUnit(0.5), first[0]);
        Assert.Equal(0, first[2]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void It_ends_when_all_points_of_a_small_space_were_tried(string kind)
    {
        var space = OptionSpace.Of(0).Integer("a", 1, 3, (x, _) => x).Choice("b", (x, _) => x, true, false);
        var tuner = TunerKinds.Of(kind).Bind(space.Parameters, 1);
        var outcomes = new List<TrialOutcome>();
        while (tuner.Next(space.Start(), outcomes, []) is { } point)
        {
            outcomes.Add(new(point, TrialState.Completed, 0, outcomes.Count));
        }

        Assert.Equal(6, outcomes.Count);
    }

    private static TrialPoint[] Points(Tuner tuner, int seed)
    {
        var queue = new TrialQueue(tuner.Bind(Space.Parameters, seed), Space.Start(), Trials, null);
        var points = new List<TrialPoint>();
        while (queue.Next() is { } next)
        {
            points.Add(next.Point);
            queue.Ended(next.Number, new(next.Point, TrialState.Completed, 1, KnownFunction.Conditional.Value(Space.Create(next.Point))));
        }

        return [.. points];
    }
}
