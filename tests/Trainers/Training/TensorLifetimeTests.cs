using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Training;

/// <summary>Training and scoring leave no tensor behind. The counts are process-wide, so these tests run alone.</summary>
[Collection(nameof(Alone))]
public sealed class TensorLifetimeTests
{
    private static readonly NeuralNetworkOptions Options = new()
    {
        LabelColumnName = "Ring",
        Network = Network.Mlp([8, 8], dropout: 0.1),
        Regularizer = Regularizer.L2(1e-4),
        Constraint = Constraint.MaxNorm(3),
        Epochs = 1,
        BatchSize = 30,
        Seed = 1,
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Steps_leave_no_tensor_behind(bool augmented)
    {
        var counts = new List<long>();
        var options = Options with { Epochs = 12, Augmentation = augmented ? Augmentation.Images([1, 1, 2], 0.2, 0, noise: 0.1, cutOut: 0.5).Then(Augmentation.Noise(0.1)).Then(Augmentation.Mixup()) : null, Gradients = GradientTransform.ClipByGlobalNorm(1).Then(new Counter(counts)) };
        var ml = new MLContext(1);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Samples.RingsView(ml));
        Assert.True(counts.Count > 100);
        Assert.Equal(counts[25], counts[75]);
        Assert.Equal(counts[25], counts[^1]);
    }

    [Fact]
    public void Fits_leave_no_tensor_behind()
    {
        var ml = new MLContext(1);
        var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(Options);
        var data = Samples.RingsView(ml);
        trainer.Fit(data).Dispose();
        var start = Live();
        for (var i = 0; i < 3; i++)
        {
            nn.Linear(1, 1).Dispose();
        }

        // TorchSharp's counter may miss that a tensor was handed over to a Parameter; a fit makes one for each number of its three layers.
        var drift = Live() - start;
        var before = Live();
        for (var i = 0; i < 20; i++)
        {
            trainer.Fit(data).Dispose();
        }

        Assert.Equal(before + (20 * drift), Live());
    }

    [Fact]
    public void Scoring_leaves_no_tensor_behind()
    {
        var ml = new MLContext(1);
        var data = Samples.RingsView(ml, 2000);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(Options).Fit(data);
        using var engine = ml.Model.CreatePredictionEngine<Samples.Point, Scored>(model);
        var point = Samples.Rings(1).Single();
        engine.Predict(point);
        var before = Live();
        for (var i = 0; i < 300; i++)
        {
            engine.Predict(point);
        }

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(2000, ml.Data.CreateEnumerable<Scored>(model.Transform(data), reuseRowObject: true, ignoreMissingColumns: true).Count());
        }

        Assert.Equal(before, Live());
    }

    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }

    private sealed record Counter(List<long> Counts) : GradientTransform
    {
        public override BoundGradientTransform Bind(ParameterSet parameters) => new Bound(Counts);

        private sealed class Bound(List<long> counts) : BoundGradientTransform
        {
            public override void Apply(GradientStep step) => counts.Add(Live());
        }
    }
}
