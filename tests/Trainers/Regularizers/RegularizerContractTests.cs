using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>What every penalty and every constraint must keep to, over one table of all kinds.</summary>
public class RegularizerContractTests
{
    internal static readonly Dictionary<string, Regularizer> Penalties = new()
    {
        ["l1"] = Regularizer.L1(0.01),
        ["l2"] = Regularizer.L2(0.02),
        ["elastic-net"] = Regularizer.ElasticNet(0.01, 0.02),
        ["orthogonality"] = Regularizer.Orthogonality(0.03),
        ["sum"] = Regularizer.L1(0.01).And(Regularizer.Orthogonality(0.02)),
        ["where"] = Regularizer.L2(0.01).Where("layer1"),
    };

    internal static readonly Dictionary<string, Constraint> Constraints = new()
    {
        ["max-norm"] = Constraint.MaxNorm(0.5),
        ["unit-norm"] = Constraint.UnitNorm(),
        ["non-negative"] = Constraint.NonNegative(),
        ["chain"] = Constraint.NonNegative().Then(Constraint.MaxNorm(0.5)),
        ["where"] = Constraint.UnitNorm().Where("layer1"),
    };

    public static TheoryData<string> PenaltyKinds => [.. KindsOf<Regularizer>()];

    public static TheoryData<string> ConstraintKinds => [.. KindsOf<Constraint>()];

    [Theory]
    [MemberData(nameof(PenaltyKinds))]
    public void A_penalty_is_finite_keeps_shapes_and_repeats_itself(string kind)
    {
        using var first = Weights();
        using var second = Weights();
        var shapes = first.Flat.All.Segments.Select(segment => segment.Gradient.shape).ToList();
        var bound = Penalties[kind].Bind(first.Flat.Weights);
        first.Flat.ZeroGradients();
        var value = TestWeights.Penalty(bound);
        var again = second.Penalty(Penalties[kind]);

        Assert.True(double.IsFinite(value) && value > 0);
        Assert.Equal(value, again);
        Assert.Equal(first.Gradients, second.Gradients);
        Assert.All(first.Gradients.SelectMany(gradient => gradient), number => Assert.True(double.IsFinite(number)));
        Assert.Equal(shapes, first.Flat.All.Segments.Select(segment => segment.Gradient.shape));
        first.Flat.ZeroGradients();
        Assert.Equal(value, TestWeights.Penalty(bound));
        Assert.Equal(Weights().Values, first.Values);
    }

    [Theory]
    [MemberData(nameof(PenaltyKinds))]
    public void A_penalty_survives_JSON(string kind)
    {
        var json = Descriptions.ToJson(Penalties[kind]);

        Assert.StartsWith($"{{\"kind\":\"{kind}\"", json, StringComparison.Ordinal);
        Assert.Equal(Penalties[kind], Descriptions.FromJson<Regularizer>(json));
    }

    [Theory]
    [MemberData(nameof(PenaltyKinds))]
    public void A_penalty_leaves_no_tensor_behind(string kind)
    {
        using var weights = Weights();
        var bound = Penalties[kind].Bind(weights.Flat.Weights);
        Steady(() => TestWeights.Penalty(bound));
    }

    [Theory]
    [MemberData(nameof(ConstraintKinds))]
    public void A_constraint_is_finite_keeps_shapes_and_repeats_itself(string kind)
    {
        using var first = Weights();
        using var second = Weights();
        var shapes = first.Flat.All.Segments.Select(segment => segment.Value.shape).ToList();

        first.Apply(Constraints[kind]);
        second.Apply(Constraints[kind]);

        Assert.Equal(first.Values, second.Values);
        Assert.NotEqual(Weights().Values, first.Values);
        Assert.All(first.Values.SelectMany(values => values), number => Assert.True(double.IsFinite(number)));
        Assert.Equal(shapes, first.Flat.All.Segments.Select(segment => segment.Value.shape));
    }

    [Theory]
    [MemberData(nameof(ConstraintKinds))]
    public void A_constraint_survives_JSON(string kind)
    {
        var json = Descriptions.ToJson(Constraints[kind]);

        Assert.StartsWith($"{{\"kind\":\"{kind}\"", json, StringComparison.Ordinal);
        Assert.Equal(Constraints[kind], Descriptions.FromJson<Constraint>(json));
    }

    [Theory]
    [MemberData(nameof(ConstraintKinds))]
    public void A_constraint_leaves_no_tensor_behind(string kind)
    {
        using var weights = Weights();
        var bound = Constraints[kind].Bind(weights.Flat.Weights);
        Steady(() => TestWeights.Apply(bound));
    }

    private static IEnumerable<string> KindsOf<T>() => typeof(T).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract)
        .Select(type => type.GetCustomAttribute<DescriptionKindAttribute>()!.Name);

    private static TestWeights Weights()
    {
        using var random = new Generator(5);
        return TestWeights.Of(randn([4, 3], generator: random), randn([2, 4, 3], generator: random));
    }

    private static void Steady(Action action)
    {
        action();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++)
        {
            action();
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
