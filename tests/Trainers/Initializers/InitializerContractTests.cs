using System.Reflection;
using System.Xml.Linq;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>What every initialiser must keep to, over one table of all kinds.</summary>
public class InitializerContractTests
{
    private static readonly Dictionary<string, Initializer[]> Table = new()
    {
        ["isometric"] = [Initializer.Isometric()],
        ["by-activation"] = [Initializer.ByActivation()],
        ["normal"] = [Initializer.Normal(0.02, 0.1)],
        ["uniform"] = [Initializer.Uniform(-0.2, 0.3)],
        ["truncated-normal"] = [Initializer.TruncatedNormal(0.05)],
        ["constant"] = [Initializer.Constant(0.1)],
        ["bias"] = [Initializer.Bias(0.1)],
        ["variance-scaling"] =
        [
            Initializer.LeCunNormal(), Initializer.LeCunUniform(), Initializer.HeNormal(0.1), Initializer.HeUniform(), Initializer.XavierNormal(), Initializer.XavierUniform(2),
            Initializer.VarianceScaling(1, FanMode.Out, WeightDistribution.TruncatedNormal),
        ],
        ["orthogonal"] = [Initializer.Orthogonal(), Initializer.Orthogonal(1.5)],
        ["delta-orthogonal"] = [Initializer.DeltaOrthogonal(), Initializer.DeltaOrthogonal(1)],
        ["identity"] = [Initializer.Identity(0.9)],
        ["lsuv"] = [Initializer.Lsuv(0.05, 5)],
        ["fixup"] = [Initializer.Fixup()],
        ["where"] = [Initializer.HeNormal().Where("hidden*")],
        ["chain"] = [Initializer.Lsuv().Where("hidden1").Then(Initializer.Orthogonal())],
    };

    public static TheoryData<string> Kinds =>
    [
        .. typeof(Initializer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Initializer)) && !type.IsAbstract)
            .Select(type => type.GetCustomAttribute<DescriptionKindAttribute>()!.Name),
    ];

    public static TheoryData<string> Factories =>
        [.. typeof(Initializer).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName).Select(method => method.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_fills_every_parameter_with_finite_numbers_and_keeps_shapes(string kind) => ForEach(kind, rule =>
    {
        using var untouched = Build(Initializer.ByActivation(), 1);
        using var network = Build(rule, 1);

        Assert.All(network.Numbers, number => Assert.True(double.IsFinite(number)));
        Assert.Equal(untouched.Parameters.Select(parameter => (parameter.Key, string.Join(',', parameter.Value.shape))), network.Parameters.Select(parameter => (parameter.Key, string.Join(',', parameter.Value.shape))));
        Assert.All(network["norm0.weight"].Concat(network["multiplier2.weight"]), number => Assert.Equal(1, number));
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_seed_decides_and_nothing_else(string kind) => ForEach(kind, rule =>
    {
        using var first = Build(rule, 1);
        randn(3).Dispose();
        using var again = Build(rule, 1);
        using var other = Build(rule, 2);

        Assert.Equal(first.Numbers, again.Numbers);
        Assert.Equal(kind is "constant" or "identity", first.Numbers.SequenceEqual(other.Numbers));
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_fills_weights_of_any_shape(string kind) => ForEach(kind, rule =>
    {
        if (rule.UsesData || kind is "fixup" or "bias")
        {
            return;
        }

        foreach (long[] shape in new long[][] { [1, 1], [1, 5], [5, 1], [3, 4], [2, 3, 1, 1], [2, 1, 2], [4, 2, 3, 2, 1] })
        {
            using var weight = TestNetwork.Fill(rule, shape);
            Assert.Equal(shape, weight.shape);
            Assert.All(weight.ToArray(), number => Assert.True(double.IsFinite(number)));
        }
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_leaves_no_tensor_behind(string kind) => ForEach(kind, rule =>
    {
        using var batch = TestNetwork.Digits(8);
        Build(rule, 1, batch).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++)
        {
            Build(rule, 1, batch).Dispose();
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_survives_JSON(string kind) => ForEach(kind, rule =>
    {
        var json = Descriptions.ToJson(rule);

        Assert.StartsWith($"{{\"kind\":\"{kind}\"", json, StringComparison.Ordinal);
        Assert.Equal(rule, Descriptions.FromJson<Initializer>(json));
    });

    [Theory]
    [MemberData(nameof(Factories))]
    public void Its_factory_is_documented(string factory)
    {
        var docs = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "MLNet.GradStability.xml"));
        var members = docs.Descendants("member").Where(member => member.Attribute("name")!.Value.StartsWith($"M:MLNet.GradStability.Initializer.{factory}", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(members);
        Assert.All(members, member => Assert.True(member.Element("summary")!.Value.Trim().Length > 20));
    }

    private static TestNetwork Build(Initializer rule, ulong seed, Tensor? batch = null)
    {
        using var own = batch is null ? TestNetwork.Digits(8) : null;
        return new TestNetwork(Network.Mlp([6, 6, 6, 4], normalization: Normalization.Batch(), residual: true), 64, 3, rule, seed, batch ?? own);
    }

    private static void ForEach(string kind, Action<Initializer> check) => Assert.All(Table[kind], check);
}
