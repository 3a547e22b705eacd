using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Onnx;

/// <summary>Every network of the contract table, in every task: onnxruntime's columns are ML.NET's, to 1e-5.</summary>
public class OnnxContractTests
{
    private const int Rows = 9;
    private const int RowWithNaN = 4;

    private static readonly Dictionary<string, Func<LearningTask>> Tasks = new()
    {
        ["binary"] = () => new BinaryTask(),
        ["smoothed binary"] = () => new BinaryTask(new(0.1)),
        ["multiclass"] = () => new MulticlassTask(4, null),
        ["smoothed multiclass"] = () => new MulticlassTask(4, null, new(0.1)),
        ["regression"] = () => new RegressionTask(50, 20, RegressionLoss.Mse()),
        ["multi-output"] = () => new MultiOutputTask(new([2, 2], null), [1, 0, -30, 1000], [1, 0.1, 2, 300], [.. Enumerable.Repeat(RegressionLoss.Mse(), 4)]),
        ["multi-label"] = () => new MultiLabelTask(new([2, 2, 2], null), new(0.03)),
    };

    private readonly MLContext _ml = new(1);

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (kind, _) in NetworkContractTests.Table.Where(entry => entry.Value is not CustomNetwork))
            {
                foreach (var task in Tasks.Keys)
                {
                    cases.Add(kind, task);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> OwnModules => [.. NetworkContractTests.Table.Where(entry => entry.Value is CustomNetwork).Select(entry => entry.Key)];

    [OnnxTheory]
    [MemberData(nameof(Cases))]
    public void Scores_are_those_of_the_network(string kind, string task)
    {
        using var transformer = new NeuralNetworkTransformer(Trained(NetworkContractTests.Table[kind], Tasks[task]()));
        var size = transformer.Model.InputSize;
        var numbers = Numbers(size);
        using var session = OnnxSession.Of(transformer.Model.SaveOnnx);
        Assert.Equal([-1, size], session.Inputs["Features"]);

        var expected = Scored(transformer, numbers, size);
        var all = session.Run(Rows, new Dictionary<string, Array> { ["Features"] = numbers });
        var first = session.Run(1, new Dictionary<string, Array> { ["Features"] = numbers[..size] });

        Assert.Equal(expected.Keys.Order(), all.Keys.Order());
        foreach (var (name, (values, shape)) in expected)
        {
            Assert.Equal([Rows, .. shape], all[name].Shape);
            Support.AssertClose(values, all[name].Values, 1e-5);
            Support.AssertClose(values[..(values.Length / Rows)], first[name].Values, 1e-5);
        }

        Assert.All(Of(expected["Score"].Values, RowWithNaN), number => Assert.True(double.IsNaN(number)));
        Assert.Contains(expected["Score"].Values, number => Math.Abs(number) > 1e-3);
    }

    [Theory]
    [MemberData(nameof(OwnModules))]
    public void A_module_of_the_users_own_is_refused_by_name(string kind)
    {
        var network = NetworkContractTests.Table[kind];
        using var model = Trained(network, new BinaryTask());
        using var stream = new MemoryStream();

        var error = Assert.Throws<NotSupportedException>(() => model.SaveOnnx(stream));

        Assert.StartsWith($"SaveOnnx: the network must be one of the library's; {network.Title} is the module OwnNet, whose ONNX operators are not known.", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }

    /// <summary>A network whose every parameter has some number of its own, and whose statistics are those of a batch.</summary>
    private static TrainedNetwork Trained(Network network, LearningTask task)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(5);
        using var dropout = new Generator(6);
        var inputs = network.Shape?.Count ?? 5;
        var module = NetworkFactory.Build(network, inputs, task.OutputSize, 1, dropout);
        using (no_grad())
        {
            foreach (var parameter in module.parameters())
            {
                parameter.add_(randn(parameter.shape, generator: random), 0.2);
            }

            module.train();
            module.call(randn([50, inputs], generator: random));
        }

        double[] centers = [.. Enumerable.Range(0, inputs).Select(i => 0.1 * i)];
        return new(module, task, new() { Network = network }, InputLayout.OfNumbers(inputs), new StandardizeScaling().Restore(centers, [.. centers.Select(center => center + 0.5)]), null);
    }

    private static float[] Numbers(int size)
    {
        var random = new Random(3);
        float[] numbers = [.. Enumerable.Range(0, Rows * size).Select(_ => (float)((4 * random.NextDouble()) - 2))];
        numbers[RowWithNaN * size] = float.NaN;
        numbers[(RowWithNaN + 1) * size] = float.PositiveInfinity;
        return numbers;
    }

    private static double[] Of(double[] values, int row) => values[(row * values.Length / Rows)..((row + 1) * values.Length / Rows)];

    /// <summary>The columns that the transformer adds, with the dimensions of a value.</summary>
    private Dictionary<string, (double[] Values, int[] Shape)> Scored(NeuralNetworkTransformer transformer, float[] numbers, int size)
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        definition[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, size);
        var view = _ml.Data.LoadFromEnumerable(numbers.Chunk(size).Select(chunk => new Row { Features = chunk }).ToList(), definition);
        var scored = transformer.Transform(view);
        return scored.Schema.Where(column => column.Index >= view.Schema.Count).ToDictionary(column => column.Name, column => Columns.Read(scored, column.Name));
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
    }
}
