using System.Reflection;
using System.Xml.Linq;
using MLNet.GradStability.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>What every network, with every option, must keep to, over one table.</summary>
public class NetworkContractTests
{
    /// <summary>A network of every kind, by what it shows.</summary>
    internal static readonly Dictionary<string, Network> Table = new()
    {
        ["plain"] = Network.Mlp([6, 4]),
        ["linear"] = Network.Mlp([]),
        ["one unit"] = Network.Mlp([1]),
        ["dropout"] = Network.Mlp([6, 4], Activation.LeakyRelu(0.1), 0.3),
        ["gelu"] = Network.Mlp([6, 4], Activation.Gelu()),
        ["silu"] = Network.Mlp([6, 4], Activation.Silu()),
        ["mish"] = Network.Mlp([6, 4], Activation.Mish()),
        ["elu"] = Network.Mlp([6, 4], Activation.Elu()),
        ["selu"] = Network.Mlp([6, 4], Activation.Selu()),
        ["tanh"] = Network.Mlp([6, 4], Activation.Tanh()),
        ["sigmoid"] = Network.Mlp([6, 4], Activation.Sigmoid()),
        ["batch"] = Network.Mlp([6, 4], normalization: Normalization.Batch()),
        ["layer"] = Network.Mlp([6, 4], normalization: Normalization.Layer()),
        ["group"] = Network.Mlp([6, 4], normalization: Normalization.Group(2)),
        ["weight"] = Network.Mlp([6, 4], weightNormalization: WeightNormalization.Weight()),
        ["spectral"] = Network.Mlp([6, 4], weightNormalization: WeightNormalization.Spectral(2)),
        ["residual"] = Network.Mlp([6, 6, 6, 6, 6, 4], residual: true),
        ["everything"] = Network.Mlp([6, 6, 6, 4], Activation.Silu(), 0.2, Normalization.Batch(), WeightNormalization.Weight(), residual: true),
        ["cnn"] = Network.Cnn([2, 6, 5], [Layer.Conv(4, 3), Layer.MaxPool(2), Layer.Conv(3, 2, padding: ConvolutionPadding.Valid), Layer.GlobalAveragePool(), Layer.Dense(4)]),
        ["cnn of every layer"] = Network.Cnn(
            [1, 9, 8],
            [Layer.Conv(4, 3, stride: 2), Layer.AveragePool(2, stride: 1), Layer.Conv(6, 1), Layer.Dropout(0.2), Layer.Flatten(), Layer.Dense(8)],
            Activation.Silu(),
            0.1,
            Normalization.Batch()),
        ["cnn by groups"] = Network.Cnn([3, 4, 4], [Layer.Conv(4, 3), Layer.Flatten()], normalization: Normalization.Group(2)),
        ["resnet"] = Network.ResNet(10, [2, 4, 5], width: 4),
        ["resnet of bottlenecks"] = Network.ResNet(50, [1, 7, 9], width: 2, Activation.Silu(), 0.2, Normalization.Layer(), ResNetStem.Large),
        ["rnn"] = Network.Recurrent(RecurrentCell.Rnn, [4, 2], 3),
        ["irnn"] = Network.Recurrent(RecurrentCell.Irnn, [4, 2], 3, outputs: SequenceOutput.Mean),
        ["gru"] = Network.Recurrent(RecurrentCell.Gru, [4, 2], 3, layers: 2, outputs: SequenceOutput.All, dropout: 0.2),
        ["lstm"] = Network.Recurrent(RecurrentCell.Lstm, [4, 2], 3, bidirectional: true),
        ["irnn in both directions"] = Network.Recurrent(RecurrentCell.Irnn, [4, 2], 3, layers: 2, bidirectional: true),
        ["gru in both directions"] = Network.Recurrent(RecurrentCell.Gru, [4, 2], 3, bidirectional: true, outputs: SequenceOutput.Mean),
        ["lstm of two layers"] = Network.Recurrent(RecurrentCell.Lstm, [4, 2], 3, layers: 2, bidirectional: true, outputs: SequenceOutput.All),
        ["tabular"] = Network.TabularResNet(width: 6, blocks: 2),
        ["tabular with options"] = Network.TabularResNet(4, 1, 0, 1, Activation.Gelu(), Normalization.Layer()),
        ["tabular transformer"] = Network.TabularTransformer(8, 2, 2),
        ["tabular transformer with options"] = Network.TabularTransformer(6, 1, 3, 2, 0, 0, 0.1),
        ["custom"] = OwnNets.Registered(),
        ["custom record"] = OwnNets.Record(4),
    };

    public static TheoryData<string> Cases => [.. Table.Keys];

    public static TheoryData<string> Factories =>
    [
        .. new[] { typeof(Network), typeof(Layer), typeof(Activation), typeof(Normalization), typeof(WeightNormalization) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName).Select(method => $"{type.Name}.{method.Name}")),
    ];

    [Fact]
    public void Every_kind_is_in_the_table()
    {
        var json = string.Concat(Table.Values.Select(Descriptions.ToJson));

        Assert.All(
            new[] { typeof(Network), typeof(Layer), typeof(Activation), typeof(Normalization), typeof(WeightNormalization) }
                .SelectMany(noun => noun.Assembly.GetTypes().Where(type => type.IsSubclassOf(noun) && !type.IsAbstract)),
            type => Assert.Contains($"\"kind\":\"{type.GetCustomAttribute<DescriptionKindAttribute>()!.Name}\"", json));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_are_finite_and_of_the_right_shape_for_any_number_of_rows(string kind)
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Table[kind], Inputs(kind), 3);
        foreach (var training in new[] { true, false })
        {
            network.Module.train(training);
            foreach (var rows in new[] { 1, 2, 7 })
            {
                var outputs = network.Module.call(Rows(kind, rows));
                Assert.Equal([rows, 3], outputs.shape);
                Assert.All(outputs.ToArray(), number => Assert.True(double.IsFinite(number)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_parameter_gets_a_finite_gradient(string kind)
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Table[kind], Inputs(kind), 3);
        network.Module.train();
        network.Module.call(Rows(kind, 7)).square().sum().backward();

        Assert.All(network.Parameters, parameter => Assert.All(parameter.Value.grad!.ToArray(), number => Assert.True(double.IsFinite(number), parameter.Key)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Training_and_scoring_repeat_themselves(string kind)
    {
        using var scope = NewDisposeScope();
        using var first = new TestNetwork(Table[kind], Inputs(kind), 3);
        using var second = new TestNetwork(Table[kind], Inputs(kind), 3);
        foreach (var training in new[] { true, true, false })
        {
            first.Module.train(training);
            second.Module.train(training);
            Assert.Equal(first.Module.call(Rows(kind, 7)).ToArray(), second.Module.call(Rows(kind, 7)).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scoring_treats_each_row_by_itself(string kind)
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Table[kind], Inputs(kind), 3);
        network.Module.train();
        network.Module.call(Rows(kind, 7));
        network.Module.eval();
        var together = network.Module.call(Rows(kind, 7));

        for (var i = 0; i < 7; i++)
        {
            Support.AssertClose(together[i].ToArray(), network.Module.call(Rows(kind, 7).narrow(0, i, 1)).ToArray(), 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Numbers_of_the_network_survive_the_weight_file(string kind)
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Table[kind], Inputs(kind), 3);
        network.Module.train();
        network.Module.call(Rows(kind, 7));
        network.Module.eval();
        using var copy = new TestNetwork(Table[kind], Inputs(kind), 3, seed: 2);
        using (no_grad())
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            WeightFile.Write(writer, network.Module);
            writer.Flush();
            WeightFile.Read(stream.ToArray(), copy.Module);
        }

        Assert.Equal(network.Numbers, copy.Numbers);
        Assert.Equal(network.Module.call(Rows(kind, 4)).ToArray(), copy.Module.call(Rows(kind, 4)).ToArray());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [Trait("Row", "R19")]
    public void Another_network_starts_from_its_weight_files(string kind)
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Table[kind], Inputs(kind), 3);
        network.Module.train();
        network.Module.call(Rows(kind, 7));
        network.Module.eval();
        using var tensors = new MemoryStream();
        SafetensorsFile.Write(tensors, WeightFile.Tensors(network.Module), new Dictionary<string, string>());
        using var state = new MemoryStream();
        using (var writer = new BinaryWriter(state, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            network.Module.save(writer);
        }

        (tensors.Position, state.Position) = (0, 0);
        foreach (var read in new[] { SafetensorsFile.Read(tensors).Tensors, StateFile.Read(state) })
        {
            using var copy = new TestNetwork(Table[kind], Inputs(kind), 3, seed: 2);
            using var weights = new WeightSet("a test", read);
            using (no_grad())
            {
                new WeightMatch(StartingWeights.FromStateFile("unread"), weights, WeightFile.Tensors(copy.Module)).Fill();
            }

            Assert.Equal(network.Numbers, copy.Numbers);
            Assert.Equal(network.Module.call(Rows(kind, 4)).ToArray(), copy.Module.call(Rows(kind, 4)).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_description_survives_JSON(string kind) =>
        Assert.Equal(Table[kind], Descriptions.FromJson<Network>(Descriptions.ToJson(Table[kind])));

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_tensor_is_left_behind(string kind)
    {
        using var network = new TestNetwork(Table[kind], Inputs(kind), 3);
        using var rows = Rows(kind, 7);
        Pass();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++)
        {
            Pass();
            new TestNetwork(Table[kind], Inputs(kind), 3).Dispose();
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Pass()
        {
            using var scope = NewDisposeScope();
            network.Module.train();
            network.Module.call(rows).sum().backward();
            network.Module.eval();
            network.Module.call(rows);
        }
    }

    [Theory]
    [MemberData(nameof(Factories))]
    public void Its_factory_is_documented(string factory)
    {
        var docs = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "MLNet.GradStability.xml"));
        var members = docs.Descendants("member").Where(member => member.Attribute("name")!.Value.StartsWith($"M:MLNet.GradStability.{factory}", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(members);
        Assert.All(members, member => Assert.True(member.Element("summary")!.Value.Trim().Length >= 10));
    }

    /// <summary>Looks at the process-wide random state, from which nothing else may draw meanwhile.</summary>
    [Collection(nameof(Alone))]
    public sealed class RandomState
    {
        [Theory]
        [MemberData(nameof(Cases), MemberType = typeof(NetworkContractTests))]
        public void Building_moves_no_global_randomness(string kind)
        {
            using var scope = NewDisposeScope();
            Tensor Next(bool build)
            {
#pragma warning disable RS0030 // The test is about the process-wide generator.
                manual_seed(5);
#pragma warning restore RS0030
                if (build)
                {
                    using var network = new TestNetwork(Table[kind], Inputs(kind), 3);
                    network.Module.train();
                    network.Module.call(Rows(kind, 2));
                }

                return rand(4);
            }

            Assert.Equal(Next(build: false).ToArray(), Next(build: true).ToArray());
        }
    }

    private static int Inputs(string kind) => Table[kind].Shape?.Count ?? 5;

    private static Tensor Rows(string kind, int rows)
    {
        using var random = new Generator(9);
        return randn([rows, Inputs(kind)], generator: random);
    }
}
