using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Losses;

/// <summary>The losses of regression against PyTorch, and what they do about bad labels.</summary>
public sealed class RegressionLossTests
{
    private readonly MLContext _ml = new(1);

    public static TheoryData<int> References => [.. Enumerable.Range(0, Reference.Count)];

    [Theory]
    [MemberData(nameof(References))]
    [Trait("Row", "R28")]
    public void Loss_and_gradient_are_those_of_PyTorch(int index)
    {
        var expected = Reference[index];
        LossReference.AssertAgrees(expected, new RegressionTask(0, 1, Descriptions.FromJson<RegressionLoss>(expected.GetProperty("description").GetRawText())), 2e-6);
    }

    [Fact]
    public void Huber_is_the_squared_error_up_to_delta_and_a_line_beyond()
    {
        using var scope = NewDisposeScope();
        var errors = tensor(new[] { 0, 0.5f, -2, 3, -1e6f });

        Assert.Equal([0, 0.25, 4, 8, (4e6 - 4)], RegressionLoss.Huber(2).PerRow(errors, zeros(5)).ToArray());
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_quantile_is_the_number_that_its_share_of_the_labels_lies_below(double q)
    {
        // Labels 1000 + 50·x·e, e exponential: their quantiles are lines in x, and lie askew.
        var random = new Random(2);
        var rows = Enumerable.Range(0, 3000).Select(_ => random.NextSingle()).Select(x => new Row { Features = [x], Label = (float)(1000 - (50 * x * Math.Log(1 - random.NextDouble()))) }).ToList();
        var options = new NeuralNetworkOptions { Network = Network.Mlp([16]), Optimizer = Optimizer.Adam(Schedule.WarmupCosine(0.01, 20)), Epochs = 20, Seed = 1, RegressionLoss = RegressionLoss.Quantile(q) };
        using var model = _ml.Regression.Trainers.NeuralNetwork(options).Fit(_ml.Data.LoadFromEnumerable(rows));
        var scores = _ml.Data.CreateEnumerable<Scored>(model.Transform(_ml.Data.LoadFromEnumerable(rows)), false).Select(row => row.Score).ToList();

        Assert.InRange(rows.Zip(scores).Average(pair => pair.First.Label < pair.Second ? 1.0 : 0), q - 0.03, q + 0.03);
        Assert.InRange(scores[rows.FindIndex(row => row.Features[0] > 0.95)] - 1000, (-50 * Math.Log(1 - q)) - 12, (-50 * Math.Log(1 - q)) + 12);
    }

    [Fact]
    public void The_baseline_of_a_quantile_is_the_quantile_of_the_targets()
    {
        using var scope = NewDisposeScope();
        var targets = tensor(new[] { 4f, 0, 1, 3, 2 });

        Assert.Equal([3, 3, 3, 3, 3], new RegressionTask(0, 1, RegressionLoss.Quantile(0.75)).Uninformed(targets).ToArray());
        Assert.Equal([2, 2, 2, 2, 2], new RegressionTask(0, 1, RegressionLoss.Mse()).Uninformed(targets).ToArray());
        Assert.Equal(
            [1, 1, 1, 1, 1], new MultiOutputTask(new([1], null), [0], [1], [RegressionLoss.Quantile(0.25)]).Uninformed(targets.unsqueeze(1)).ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_quantile_out_of_range_is_refused(double q) => Assert.StartsWith(
        FormattableString.Invariant($"RegressionLoss.Quantile: q must be above 0 and below 1; got {q}. 0.9 gives"),
        Assert.Throws<ArgumentOutOfRangeException>(() => RegressionLoss.Quantile(q)).Message);

    [Fact]
    public void Adaptive_is_Huber_for_heavy_tails_alone()
    {
        var random = new Random(1);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var (mse, huber) = (RegressionLoss.Mse(), RegressionLoss.Huber(1.5));

        Assert.Equal(mse, Choice(Normal));
        Assert.Equal(mse, Choice(random.NextDouble));
        Assert.Equal(mse, Choice(() => -Math.Log(1 - random.NextDouble())));
        Assert.Equal(mse, Choice(() => Math.Exp(Normal())));
        Assert.Equal(mse, Choice(() => random.Next(2)));
        Assert.Equal(mse, Choice(() => random.Next(100) == 0 ? 1 : 0));
        Assert.Equal(mse, Choice(() => 42));
        Assert.Equal(huber, Choice(() => Math.Tan(Math.PI * (random.NextDouble() - 0.5))));
        Assert.Equal(huber, Choice(() => random.Next(50) == 0 ? 1e6 : Normal()));

        RegressionLoss Choice(Func<double> draw) => RegressionLoss.Adaptive(delta: 1.5).For(Statistics(Enumerable.Range(0, 3000).Select(_ => (float)draw())));
    }

    [Fact]
    public void Centre_and_scale_are_those_of_the_bulk_of_the_labels()
    {
        float[] labels = [.. Enumerable.Range(0, 101).Select(i => (float)i)];
        var (center, scale) = Statistics([.. labels, 1e9f, -1e12f]).Typical();
        Assert.Equal(50, center, 1e-9);
        Assert.Equal(80 / 2.5631, scale, 1.0);

        // Two values: the deviation is the smaller. Mostly one value, or only one: nothing else is left, and dividing by it is safe.
        Assert.Equal((0.5, 0.5), Statistics([0, 1]).Typical() with { Scale = 0.5 });
        Assert.Equal((0, 0.3), Statistics([.. Enumerable.Repeat(0f, 19), 1.3764944f]).Typical(), (a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 1e-6);
        Assert.Equal((7, 1), Statistics([7, 7, 7]).Typical());
    }

    [Fact]
    [Trait("Row", "R25")]
    public void Bad_labels_do_not_ruin_a_fit()
    {
        var random = new Random(3);
        var rows = Enumerable.Range(0, 400).Select(i => new Row { Features = [i / 200f - 1], Label = i / 200f - 1 + (0.1f * (float)Math.Tan(Math.PI * (random.NextDouble() - 0.5))) }).ToList();
        rows[5].Label = 1e7f;
        rows[300].Label = -1e8f;

        // Without the guard and the clipping, which would help either loss.
        var options = new NeuralNetworkOptions
        {
            Network = Network.Mlp([16]),
            Optimizer = Optimizer.Adam(0.01),
            Epochs = 20,
            Seed = 1,
            Stability = null,
            Gradients = null,
        };

        var lines = new List<string>();
        _ml.Log += (_, line) => lines.Add(line.Message);
        Assert.InRange(Error(options), 0, 0.1);
        Assert.Single(lines, line => line.Contains("The labels are heavy-tailed: their deviation is", StringComparison.Ordinal) && line.EndsWith("The loss is RegressionLoss.Huber(1).", StringComparison.Ordinal));
        Assert.InRange(Error(options with { RegressionLoss = RegressionLoss.Mse() }), 0.3, 1e9);

        double Error(NeuralNetworkOptions chosen)
        {
            using var model = _ml.Regression.Trainers.NeuralNetwork(chosen).Fit(_ml.Data.LoadFromEnumerable(rows));
            var scores = _ml.Data.CreateEnumerable<Scored>(model.Transform(_ml.Data.LoadFromEnumerable(rows)), false);
            return Math.Sqrt(scores.Average(row => (double)(row.Score - row.Features[0]) * (row.Score - row.Features[0])));
        }
    }

    [Fact]
    public void A_loss_of_ones_own()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 64).Select(i => new Row { Features = [i / 32f], Label = i }));
        var options = new NeuralNetworkOptions { Network = Network.Mlp([4]), Epochs = 3, Seed = 1, RegressionLoss = new LogSquare() };
        using var model = _ml.Regression.Trainers.NeuralNetwork(options).Fit(data);

        Assert.True(double.IsFinite(model.Model.Training!.Epochs[^1].Loss));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Numbers_out_of_range_are_refused(double delta)
    {
        Assert.StartsWith(
            FormattableString.Invariant($"RegressionLoss.Huber: delta must be finite and greater than 0; got {delta}."),
            Assert.Throws<ArgumentOutOfRangeException>(() => RegressionLoss.Huber(delta)).Message);
        Assert.StartsWith(
            FormattableString.Invariant($"RegressionLoss.Adaptive: delta must be finite and greater than 0; got {delta}."),
            Assert.Throws<ArgumentOutOfRangeException>(() => RegressionLoss.Adaptive(delta: delta)).Message);
        Assert.StartsWith(
            "RegressionLoss.Adaptive: tail must be 1 or greater; got 0.5.",
            Assert.Throws<ArgumentOutOfRangeException>(() => RegressionLoss.Adaptive(tail: 0.5)).Message);
    }

    private static IReadOnlyList<JsonElement> Reference { get; } = [.. Support.Reference("losses/losses.json").RootElement.EnumerateArray()];

    private static LabelStatistics Statistics(IEnumerable<float> labels)
    {
        var statistics = new LabelStatistics(sample: new Random(1));
        foreach (var label in labels)
        {
            statistics.Add([label], 1);
        }

        return statistics;
    }

    private sealed record LogSquare : RegressionLoss
    {
        public override Tensor PerRow(Tensor predictions, Tensor targets) => (predictions - targets).square().add_(1).log();
    }

    private sealed class Row
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class Scored
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        public float Score { get; set; }
    }
}
