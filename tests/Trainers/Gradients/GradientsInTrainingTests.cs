using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests;

/// <summary>Gradient transforms inside a training: where they stand in the step, and what bad rows do to their statistics.</summary>
public class GradientsInTrainingTests
{
    private const double Rate = 0.25;

    private static readonly NeuralNetworkOptions Options = new()
    {
        Network = Network.Mlp([4]),
        Optimizer = Optimizer.Sgd(Rate),
        Epochs = 1,
        BatchSize = 100,
        Seed = 3,
    };

    [Fact]
    public void Transforms_stand_between_backward_and_step()
    {
        var data = Rows(bad: null);
        var seen = new Measurements();
        var start = Weights(Fit(data, Options with { Optimizer = Optimizer.Sgd(1e-30), Gradients = null }));
        var free = Weights(Fit(data, Options with { Gradients = GradientTransform.Measure(seen) }));

        // All gradients become 1. Done before the backward pass this would be added to, done after the step it would change nothing.
        var clipped = Weights(Fit(data, Options with { Gradients = GradientTransform.ClipByValue(1, Math.BitIncrement(1.0)) }));

        Assert.True(Assert.Single(seen).Norm > 0.01);
        Assert.NotEqual(start, free);
        Support.AssertClose([.. start.Select(weight => weight - Rate)], clipped, 1e-6);
        Assert.Equal(seen[0].Norm * Rate, Math.Sqrt(start.Zip(free, (a, b) => (a - b) * (a - b)).Sum()), 1e-5);
    }

    [Fact]
    public void The_norm_in_the_log_is_the_one_before_the_transform()
    {
        var seen = new Measurements();

        var model = Fit(Rows(bad: null), Options with { Gradients = GradientTransform.Measure(seen).Then(GradientTransform.ClipByGlobalNorm(1e-3)) });

        Assert.Equal(seen[0].Norm, model.Model.Training!.Epochs[0].MeanGradientNorm, 1e-4);
    }

    [Theory]
    [InlineData("auto-clip")]
    [InlineData("z-clip")]
    [InlineData("ada-gc")]
    [InlineData("spam-clip")]
    public void A_row_that_overflows_is_skipped_and_leaves_no_trace(string kind)
    {
        var transform = kind switch
        {
            "auto-clip" => GradientTransform.AutoClip(),
            "z-clip" => GradientTransform.ZClip(warmupSteps: 4),
            "ada-gc" => GradientTransform.AdaGc(warmupSteps: 4),
            _ => GradientTransform.SpamClip(),
        };
        var spy = new Spy(transform);
        var seen = new Measurements();

        var model = Fit(Rows(bad: 1e30f), Options with { InputScaling = null, BatchSize = 8, Epochs = 4, Gradients = GradientTransform.Measure(seen).Then(spy) });

        var training = model.Model.Training!;
        Assert.Equal(4, training.SkippedSteps);
        Assert.Equal(28, seen.Count);
        Assert.All(Weights(model), weight => Assert.True(double.IsFinite(weight)));
        var largest = seen.Max(measurement => measurement.Norm);
        Assert.NotEmpty(spy.Statistics);
        Assert.All(spy.Statistics, statistic => Assert.InRange(statistic, 0, Math.Max(largest, largest * largest)));
    }

    [Fact]
    public void Two_fits_of_one_description_do_not_share_state()
    {
        var data = Rows(bad: null);
        var options = Options with { BatchSize = 8, Epochs = 3, Gradients = GradientTransform.AutoClip().Then(GradientTransform.SpamClip()) };
        var ml = new MLContext(seed: 1);
        var trainer = ml.Regression.Trainers.NeuralNetwork(options);

        Assert.Equal(Weights(trainer.Fit(data)), Weights(trainer.Fit(data)));
    }

    private static NeuralNetworkTransformer Fit(IDataView data, NeuralNetworkOptions options) =>
        new MLContext(seed: 1).Regression.Trainers.NeuralNetwork(options).Fit(data);

    private static double[] Weights(NeuralNetworkTransformer model) => [.. model.Model.Module.parameters().SelectMany(parameter => parameter.ToArray())];

    private static IDataView Rows(float? bad)
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 64).Select(_ => new Row { Features = [random.NextSingle(), random.NextSingle()] }).ToList();
        rows.ForEach(row => row.Label = row.Features[0] - (2 * row.Features[1]));
        rows[7].Features[1] = bad ?? rows[7].Features[1];
        return new MLContext(seed: 1).Data.LoadFromEnumerable(rows);
    }

    /// <summary>Shows the statistics of a transform at the end of the fit.</summary>
    private sealed record Spy(GradientTransform Inner) : GradientTransform
    {
        public List<double> Statistics { get; } = [];

        public override BoundGradientTransform Bind(ParameterSet parameters) => new Bound(Inner.Bind(parameters), Statistics);

        private sealed class Bound(BoundGradientTransform inner, List<double> statistics) : BoundGradientTransform
        {
            public override void Apply(GradientStep step) => inner.Apply(step);

            protected override void Dispose(bool disposing)
            {
                statistics.AddRange(inner switch
                {
                    AutoClipping.Bound auto => auto.History.Norms,
                    ZScoreClipping.Bound z => [z.Mean, z.Variance],
                    AdaGcClipping.Bound ada => ada.Averages.ToArray(),
                    SpamClipping.Bound spam => spam.Moments.SelectMany(moment => moment.ToArray()),
                    _ => [],
                });
                inner.Dispose();
            }
        }
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
