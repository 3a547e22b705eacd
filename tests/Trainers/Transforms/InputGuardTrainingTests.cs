using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Transforms;

/// <summary>The input guard in front of a trainer: scaling, cross-validation, model files.</summary>
public sealed class InputGuardTrainingTests : IDisposable
{
    private static readonly NeuralNetworkOptions Plain = new()
    {
        Network = Network.Mlp([16]),
        Optimizer = Optimizer.Momentum(Schedule.Constant(0.05), 0.9),
        Epochs = 15,
        Seed = 3,
    };

    private readonly MLContext _ml = new(1);
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"guarded-{Guid.NewGuid():N}.zip");

    public void Dispose() => File.Delete(_path);

    /// <summary>Two features in the millions, one at 10⁹ that says nothing, one that holds NaN and infinities.</summary>
    [Theory]
    [Trait("Row", "R14")]
    [InlineData(false)]
    [InlineData(true)]
    public void Raw_scales_train_with_the_guard_and_not_without(bool byDefault)
    {
        var data = Raw(holes: false);
        var options = byDefault ? new() { Epochs = 15, Seed = 3 } : Plain;
        var trainer = _ml.BinaryClassification.Trainers.NeuralNetwork(options with { InputScaling = null });
        var without = _ml.BinaryClassification.Evaluate(trainer.Fit(data).Transform(data)).Accuracy;
        var guarded = _ml.Transforms.InputGuard("Features").Append(trainer);
        var with = _ml.BinaryClassification.Evaluate(guarded.Fit(data).Transform(data)).Accuracy;
        Assert.True(without < 0.75, $"without: {without}");
        Assert.True(with > 0.95, $"with: {with}");

        // The trainer's own scaling does as well.
        var scaled = _ml.BinaryClassification.Evaluate(_ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(data).Transform(data)).Accuracy;
        Assert.True(scaled > 0.95, $"scaled: {scaled}");

        // Holes stop a training without the guard; with it they cost little.
        Assert.Throws<InvalidOperationException>(() => trainer.Fit(Raw(holes: true)));
        var mended = _ml.BinaryClassification.Evaluate(guarded.Fit(Raw(holes: true)).Transform(data)).Accuracy;
        Assert.True(mended > 0.95, $"mended: {mended}");
    }

    [Fact]
    [Trait("Row", "R14")]
    public void The_pipeline_cross_validates_and_loads_bit_for_bit()
    {
        var data = Raw(holes: true);
        var pipeline = _ml.Transforms.InputGuard("Features").Append(_ml.BinaryClassification.Trainers.NeuralNetwork(Plain));
        var folds = _ml.BinaryClassification.CrossValidate(data, pipeline, numberOfFolds: 3);
        Assert.All(folds, fold => Assert.True(fold.Metrics.Accuracy > 0.9, $"fold {fold.Fold}: {fold.Metrics.Accuracy}"));

        var model = folds[0].Model;
        _ml.Model.SaveSafely(model, data.Schema, _path);
        var scores = model.Transform(data).GetColumn<float>("Score").ToArray();
        Assert.Equal(scores, new MLContext().UseGradStability().Model.Load(_path, out _).Transform(data).GetColumn<float>("Score"));
        Assert.Equal(scores, new MLContext().Model.LoadSafely(_path, out _).Transform(data).GetColumn<float>("Score"));
    }

    [Fact]
    public void LoadSafely_tells_of_a_damaged_guard()
    {
        var data = Raw(holes: false);
        _ml.Model.SaveSafely(_ml.Transforms.InputGuard("Features").Fit(data), data.Schema, _path);
        using (var zip = ZipFile.Open(_path, ZipArchiveMode.Update))
        {
            using var stream = zip.Entries.Single(entry => entry.Name == "InputGuard.bin").Open();
            stream.SetLength(stream.Length - 1);
        }

        var message = Assert.Throws<InvalidDataException>(() => _ml.Model.LoadSafely(_path, out _)).Message;
        Assert.Contains("The saved input guard cannot be read: the stream InputGuard.bin is cut off", message, StringComparison.Ordinal);
    }

    private IDataView Raw(bool holes)
    {
        var random = new Random(5);
        var rows = new Row[300];
        for (var i = 0; i < rows.Length; i++)
        {
            var (a, b) = ((random.NextDouble() * 2) - 1, (random.NextDouble() * 2) - 1);
            rows[i] = new()
            {
                Features = [(float)(1e6 * a), (float)((1e6 * b) + 5e6), (float)(1e9 * (1 + (0.1 * random.NextDouble()))), (i % 40) switch
                {
                    7 when holes => float.NaN,
                    13 when holes => float.NegativeInfinity,
                    _ => (float)random.NextDouble(),
                }],
                Label = a + b > 0,
            };
        }

        return _ml.Data.LoadFromEnumerable(rows);
    }

    private sealed class Row
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
