using System.Reflection;
using System.Xml.Linq;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>What every gradient transform must keep to, over one table of all kinds.</summary>
public class GradientContractTests
{
    internal static readonly Dictionary<string, GradientTransform> All = new()
    {
        ["clip-by-value"] = GradientTransform.ClipByValue(-0.1, 0.2),
        ["clip-by-norm"] = GradientTransform.ClipByNorm(0.3),
        ["clip-by-global-norm"] = GradientTransform.ClipByGlobalNorm(0.5, NormOrder.L1),
        ["adaptive"] = GradientTransform.Adaptive(),
        ["auto-clip"] = GradientTransform.AutoClip(20, 30),
        ["z-clip"] = GradientTransform.ZClip(0.5, 0.9, 3),
        ["ada-gc"] = GradientTransform.AdaGc(1.05, 0.9, 3, 0.5),
        ["spam-clip"] = GradientTransform.SpamClip(2),
        ["centralise"] = GradientTransform.Centralise(),
        ["noise"] = GradientTransform.Noise(0.01),
        ["measure"] = GradientTransform.Measure(new Measurements()),
        ["chain"] = GradientTransform.Centralise().Then(GradientTransform.ZClip(0.5, 0.9, 3)),
        ["where"] = GradientTransform.AdaGc(1.05, 0.9, 3, 0.5).Where("hidden*"),
    };

    public static TheoryData<string> Kinds => [.. typeof(GradientTransform).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(GradientTransform)) && !type.IsAbstract)
        .Select(type => type.GetCustomAttribute<DescriptionKindAttribute>()!.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_stay_finite_and_keep_their_shapes(string kind)
    {
        using var gradients = TestGradients.TwoLayers();
        using var bound = All[kind].Bind(gradients.Parameters);
        var shapes = Shapes();
        foreach (var scale in new[] { 1, 0, 1e-30, 1, 1e30, 1e-3, 1e15, 1 })
        {
            gradients.Draw(seed: 1, scale);

            bound.Apply(gradients.Next());

            Assert.All(gradients.Read().SelectMany(gradient => gradient), number => Assert.True(double.IsFinite(number)));
            Assert.Equal(shapes, Shapes());
        }

        List<long[]> Shapes() => [.. gradients.Parameters.Segments.Select(segment => segment.Gradient.shape)];
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_gradients_and_generator_give_the_same_result(string kind)
    {
        Assert.Equal(Run(), Run());

        double[][] Run()
        {
            using var gradients = TestGradients.TwoLayers();
            using var bound = All[kind].Bind(gradients.Parameters);
            return Steps(gradients, bound, 12);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_binding_starts_afresh(string kind)
    {
        using var gradients = TestGradients.TwoLayers();
        using var other = TestGradients.TwoLayers();
        using (var used = All[kind].Bind(gradients.Parameters))
        {
            Steps(gradients, used, 12);
        }

        using var random = new Generator(1);
        Assert.Equal(First(other), First(gradients));

        double[][] First(TestGradients on)
        {
            using var bound = All[kind].Bind(on.Parameters);
            random.manual_seed(1);
            on.Draw(seed: 99, scale: 50);
            bound.Apply(new GradientStep(on.Parameters, 0, random));
            return on.Read();
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void JSON_gives_back_an_equal_transform(string kind)
    {
        var json = Descriptions.ToJson(All[kind]);

        Assert.StartsWith($"{{\"kind\":\"{kind}\"", json, StringComparison.Ordinal);
        var copy = Descriptions.FromJson<GradientTransform>(json);
        Assert.Equal(json, Descriptions.ToJson(copy));
        if (kind != "measure")
        {
            Assert.Equal(All[kind], copy);
        }
    }

    public static TheoryData<string> Factories => [.. typeof(GradientTransform).GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(method => method.ReturnType == typeof(GradientTransform))
        .Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Factories))]
    public void Each_factory_is_documented(string factory)
    {
        var docs = XDocument.Load(Path.ChangeExtension(typeof(GradientTransform).Assembly.Location, ".xml"));
        var entry = docs.Descendants("member").Single(member => MemberName(member).StartsWith($"M:MLNet.GradStability.GradientTransform.{factory}", StringComparison.Ordinal)
            && MemberName(member).Split('(')[0].EndsWith("." + factory, StringComparison.Ordinal));

        Assert.False(string.IsNullOrWhiteSpace(entry.Element("summary")?.Value));
        var expected = typeof(GradientTransform).GetMethod(factory)!.GetParameters().Select(parameter => parameter.Name);
        Assert.Equal(expected, entry.Elements("param").Where(param => param.Value.Trim().Length > 10).Select(param => param.Attribute("name")!.Value));

        static string MemberName(XElement member) => member.Attribute("name")!.Value;
    }

    private static double[][] Steps(TestGradients gradients, BoundGradientTransform bound, int count)
    {
        for (var i = 0; i < count; i++)
        {
            gradients.Draw(seed: i, scale: 1 + (i % 3));
            bound.Apply(gradients.Next());
        }

        return gradients.Read();
    }

    /// <summary>Counts the tensors of the whole process, and so runs while no other test does.</summary>
    [Collection(nameof(Alone))]
    public class Leaks
    {
        public static TheoryData<string> Kinds => GradientContractTests.Kinds;

        [Theory]
        [MemberData(nameof(Kinds))]
        public void No_tensor_is_left_behind(string kind)
        {
            using var gradients = TestGradients.TwoLayers();
            gradients.Parameters.Gradients[0].fill_(3);
            Run(steps: 2);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var before = Tensor.TotalCount;

            Run(steps: 20);

            Assert.InRange(Tensor.TotalCount, 0, before + PartsOf(kind));

            void Run(int steps)
            {
                using var bound = All[kind].Bind(gradients.Parameters);
                var held = Tensor.TotalCount;
                for (var i = 0; i < steps; i++)
                {
                    bound.Apply(gradients.Next());
                }

                Assert.InRange(Tensor.TotalCount, 0, held);
            }
        }

        // The views of a part chosen by name live as long as the whole set.
        private static int PartsOf(string kind) => kind == "where" ? 4 : 0;
    }
}
