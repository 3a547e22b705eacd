using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Networks;

/// <summary>How recurrent layers start, how they read a row, and that they learn what lies steps back.</summary>
public class RecurrentTests
{
    private const int Steps = 12;

    [Theory]
    [InlineData(RecurrentCell.Rnn, 1)]
    [InlineData(RecurrentCell.Gru, 3)]
    [InlineData(RecurrentCell.Lstm, 4)]
    public void Recurrent_weights_start_orthogonal_gate_by_gate(RecurrentCell cell, int gates)
    {
        using var scope = NewDisposeScope();
        using var network = Build(cell, Initializer.HeNormal(), bidirectional: true);
        foreach (var name in new[] { "recurrent0.cell.weight_hh_l0", "recurrent1.cell.weight_hh_l0_reverse" })
        {
            var weight = network.Parameters[name];
            Assert.Equal([gates * 5, 5], weight.shape);
            Assert.All(weight.split(5), gate => Support.AssertClose(eye(5).ToArray(), gate.matmul(gate.t()).ToArray(), 1e-5));
        }
    }

    [Fact]
    public void An_IRNN_starts_as_the_identity_behind_small_inputs()
    {
        using var scope = NewDisposeScope();
        using var network = Build(RecurrentCell.Irnn, Initializer.Isometric());

        Assert.Equal(eye(5).ToArray(), network["recurrent0.cell.weight_hh_l0"]);
        Assert.InRange(network.Parameters["recurrent0.cell.weight_ih_l0"].std().ToDouble(), 0.0003, 0.002);
        Assert.All(network["recurrent0.cell.bias_hh_l0"], number => Assert.Equal(0, number));
    }

    [Fact]
    public void The_forget_gate_of_an_LSTM_starts_open()
    {
        using var network = Build(RecurrentCell.Lstm, Initializer.Bias(0.1), bidirectional: true);

        foreach (var end in new[] { "l0", "l0_reverse" })
        {
            Assert.Equal([.. Enumerable.Repeat(0.0, 5), .. Enumerable.Repeat(1.0, 5), .. Enumerable.Repeat(0.0, 10)], network[$"recurrent0.cell.bias_ih_{end}"]);
            Assert.All(network[$"recurrent0.cell.bias_hh_{end}"], number => Assert.Equal(0.1, number, 1e-6));
        }
    }

    [Fact]
    public void A_weight_that_is_named_starts_as_told()
    {
        using var network = Build(RecurrentCell.Lstm, Initializer.Constant(0.25).Where("*weight_hh*"));

        Assert.All(network["recurrent1.cell.weight_hh_l0"], number => Assert.Equal(0.25, number));
    }

    [Theory]
    [InlineData(RecurrentCell.Rnn)]
    [InlineData(RecurrentCell.Irnn)]
    [InlineData(RecurrentCell.Gru)]
    [InlineData(RecurrentCell.Lstm)]
    public void Weights_are_counted_without_building(RecurrentCell cell)
    {
        foreach (var outputs in Enum.GetValues<SequenceOutput>())
        {
            using var scope = NewDisposeScope();
            var network = Network.Recurrent(cell, [4, 2], 3, layers: 3, bidirectional: true, outputs);
            using var module = NetworkFactory.Build(network, 8, 2, 1, null);

            Assert.Equal(module.parameters().Where(parameter => parameter.dim() > 1).Sum(parameter => parameter.numel()), network.WeightCount(8, 2));
        }
    }

    [Fact]
    public void The_summary_shows_the_steps()
    {
        var summary = Network.Recurrent(RecurrentCell.Gru, [7, 2], 3, outputs: SequenceOutput.All).Summary(14, 4);

        Assert.Equal(
            """
            Layer       Kind            Output         Parameters
            sequence    RowView         [batch, 7, 2]           0
            recurrent0  RecurrentLayer  [batch, 7, 3]          63
            steps       SequenceEnd     [batch, 21]             0
            output      Linear          [batch, 4]             88
            total                                             151

            """.ReplaceLineEndings("\n"),
            summary);
    }

    [Fact]
    public void Another_activation_is_refused() => Assert.Contains(
        "Choose another RecurrentCell",
        Assert.Throws<NotSupportedException>(() => Network.Recurrent(RecurrentCell.Lstm, [4, 2], 3) with { Activation = Activation.Relu() }).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("shape", "Network.Recurrent: inputShape must be 2 sizes [steps, features], each 1 or greater; got [4].")]
    [InlineData("hidden", "Network.Recurrent: hidden must be from 1 to 65536; got 0.")]
    [InlineData("layers", "Network.Recurrent: layers must be from 1 to 100; got 0.")]
    [InlineData("dropout", "Network.Recurrent: dropout must be at least 0 and below 1; got 1.")]
    public void What_cannot_be_is_refused(string fault, string message)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => Network.Recurrent(
            RecurrentCell.Gru, fault == "shape" ? [4] : [4, 2], fault == "hidden" ? 0 : 3, fault == "layers" ? 0 : 1, dropout: fault == "dropout" ? 1 : 0));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RecurrentCell.Irnn)]
    [InlineData(RecurrentCell.Gru)]
    [InlineData(RecurrentCell.Lstm)]
    public void What_was_said_at_the_first_step_is_known_at_the_last(RecurrentCell cell)
    {
        var ml = new MLContext(1);
        var random = new Random(1);
        var rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(_ =>
        {
            var features = Enumerable.Range(0, Steps).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray();
            return new Row { Features = features, Label = features[0] > 0 };
        }).ToList());
        var options = new NeuralNetworkOptions { Network = Network.Recurrent(cell, [Steps, 1], 16), Epochs = 25, Optimizer = Optimizer.Adam(1e-2), Seed = 1 };

        using var model = ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(rows);
        var accuracy = ml.BinaryClassification.Evaluate(model.Transform(rows)).Accuracy;

        Assert.True(accuracy > 0.9, $"accuracy {accuracy}");
    }

    private static TestNetwork Build(RecurrentCell cell, Initializer initializer, bool bidirectional = false) =>
        new(Network.Recurrent(cell, [4, 2], 5, layers: 2, bidirectional), 8, 3, initializer);

    private sealed class Row
    {
        [VectorType(Steps)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
