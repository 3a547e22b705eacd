using System.Reflection;
using System.Xml.Linq;
using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Optimizers;

/// <summary>What every optimiser, schedule and weight average must keep to, over one table of all kinds.</summary>
public sealed class OptimizerContractTests
{
    public static TheoryData<string> OptimizerKinds => [.. KindsOf<Optimizer>()];

    public static TheoryData<string> ScheduleKinds => [.. KindsOf<Schedule>()];

    public static TheoryData<string> AverageKinds => [.. KindsOf<WeightAveraging>()];

    public static IEnumerable<object[]> Factories => new[] { typeof(Optimizer), typeof(Schedule), typeof(WeightAveraging) }
        .SelectMany(noun => noun.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => noun.IsAssignableFrom(method.ReturnType) && !method.IsSpecialName && !method.Name.Contains('<'))
            .Select(method => new object[] { noun.Name, method.Name }));

    [Theory]
    [MemberData(nameof(OptimizerKinds))]
    [Trait("Row", "R9")]
    public void An_optimizer_learns_repeats_itself_and_starts_afresh(string kind)
    {
        var optimizer = Kinds.Optimizers[kind];
        using var first = new SmallNet(optimizer.LayerRules).Train(optimizer);
        using var second = new SmallNet(optimizer.LayerRules).Train(optimizer);
        using var start = new SmallNet();

        Assert.Equal(first.Parameters, second.Parameters);
        Assert.NotEqual(start.Parameters, first.Parameters);
        Assert.All(first.Parameters.SelectMany(parameter => parameter.Value), value => Assert.True(double.IsFinite(value)));
    }

    [Theory]
    [MemberData(nameof(OptimizerKinds))]
    public void An_optimizer_survives_JSON(string kind) => AssertJson(kind, Kinds.Optimizers[kind].Freeze("hidden1*"));

    [Theory]
    [MemberData(nameof(ScheduleKinds))]
    public void A_schedule_survives_JSON(string kind) => AssertJson(kind, Kinds.ByKind[kind]);

    [Theory]
    [MemberData(nameof(AverageKinds))]
    public void An_average_survives_JSON(string kind) => AssertJson(kind, Kinds.Averages[kind]);

    [Theory]
    [MemberData(nameof(ScheduleKinds))]
    [Trait("Row", "R8")]
    public void A_rate_is_finite_and_never_below_0_however_long_the_run(string kind)
    {
        foreach (var total in new long[] { 1, 2, 3, 5, 10, 50, 1_000_000_000 })
        {
            var bound = Kinds.ByKind[kind].Bind(new RunLength(total, Math.Max(1, total / 5)));
            foreach (var step in Enumerable.Range(0, (int)Math.Min(total, 50)).Select(step => (long)step).Append(total - 1).Append(total))
            {
                AssertRate(bound.RateAt(step));
                AssertRate(Kinds.ByKind[kind].RateAt(step, total));
            }
        }

        static void AssertRate(double rate) => Assert.True(double.IsFinite(rate) && rate is >= 0 and <= 0.0100001, FormattableString.Invariant($"{rate}"));
    }

    [Theory]
    [MemberData(nameof(ScheduleKinds))]
    [Trait("Row", "R8")]
    public void A_schedule_keeps_nothing_from_fit_to_fit(string kind)
    {
        var run = new RunLength(40, 4);
        var used = Kinds.ByKind[kind].Bind(run);
        for (var epoch = 0; epoch < 5; epoch++)
        {
            used.EpochEnded(1);
        }

        var (first, second) = (Kinds.ByKind[kind].Bind(run), Kinds.ByKind[kind].Bind(run));
        Assert.All(Enumerable.Range(0, 40), step =>
        {
            Assert.Equal(first.RateAt(step), second.RateAt(step));
            Assert.Equal(kind == "per-epoch" ? first.RateAt(step) : Kinds.ByKind[kind].RateAt(step, 40), first.RateAt(step));
        });
    }

    [Theory]
    [MemberData(nameof(AverageKinds))]
    public void An_average_is_finite_repeats_itself_and_is_not_the_last_weights(string kind)
    {
        Assert.Equal(Fit(Kinds.Averages[kind]), Fit(Kinds.Averages[kind]));
        Assert.NotEqual(Fit(null), Fit(Kinds.Averages[kind]));
        Assert.All(Fit(Kinds.Averages[kind]), value => Assert.True(double.IsFinite(value)));

        static double[] Fit(WeightAveraging? averaging)
        {
            var ml = new MLContext(1);
            using var model = ml.Regression.Trainers.NeuralNetwork(new() { LabelColumnName = "Radius", Network = Network.Mlp([8]), Epochs = 4, Seed = 1, Averaging = averaging })
                .Fit(Samples.RingsView(ml));
            return [.. model.Model.Module.parameters().SelectMany(parameter => parameter.ToArray())];
        }
    }

    [Theory]
    [MemberData(nameof(Factories))]
    public void Each_choice_is_documented(string noun, string factory)
    {
        var docs = XDocument.Load(Path.ChangeExtension(typeof(Optimizer).Assembly.Location, ".xml"));
        var member = docs.Descendants("member").Single(entry => entry.Attribute("name")!.Value.Split('(')[0] == $"M:MLNet.GradStability.{noun}.{factory}");
        Assert.False(string.IsNullOrWhiteSpace(member.Element("summary")?.Value));
        var parameters = typeof(Optimizer).Assembly.GetType($"MLNet.GradStability.{noun}")!.GetMethods().First(method => method.Name == factory).GetParameters();
        Assert.Equal(parameters.Select(parameter => parameter.Name), member.Elements("param").Where(param => param.Value.Length > 0).Select(param => param.Attribute("name")!.Value));
    }

    private static void AssertJson<T>(string kind, T description)
    {
        var json = Descriptions.ToJson(description);
        Assert.StartsWith($"{{\"kind\":\"{kind}\"", json, StringComparison.Ordinal);
        var back = Descriptions.FromJson<T>(json);
        Assert.Equal(description, back);
        Assert.Equal(json, Descriptions.ToJson(back));
    }

    private static IEnumerable<string> KindsOf<T>() => typeof(T).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(T)) && type.GetCustomAttribute<DescriptionKindAttribute>() is not null)
        .Select(type => type.GetCustomAttribute<DescriptionKindAttribute>()!.Name);

    /// <summary>Counts the tensors of the whole process, and so runs while no other test does.</summary>
    [Collection(nameof(Alone))]
    public sealed class Leaks
    {
        public static TheoryData<string> Kinds => OptimizerKinds;

        [Theory]
        [MemberData(nameof(Kinds))]
        public void Fifty_steps_leave_no_tensor_behind(string kind)
        {
            var optimizer = Optimizers.Kinds.Optimizers[kind];
            using var net = new SmallNet(optimizer.LayerRules);
            net.Train(optimizer);
            var before = Live();
            for (var i = 0; i < 5; i++)
            {
                net.Train(optimizer);
            }

            Assert.Equal(before, Live());
        }

        [Theory]
        [InlineData("ema")]
        [InlineData("swa")]
        public void An_average_leaves_no_tensor_behind(string kind)
        {
            using var net = new SmallNet();
            Train();
            var before = Live();
            Train();
            Assert.Equal(before, Live());

            void Train()
            {
                using var averaging = Optimizers.Kinds.Averages[kind].Bind(net.Flat.Values, 5);
                net.Train(Optimizer.Sgd(0.01), averaging);
                using var _ = no_grad();
                averaging.TakeOver();
            }
        }

        private static long Live()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Tensor.TotalCount;
        }
    }
}
