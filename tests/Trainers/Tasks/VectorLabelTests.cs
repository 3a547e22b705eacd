using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit.Abstractions;

namespace MLNet.GradStability.Tests.Tasks;

/// <summary>Labels that are vectors: several numbers at once, and several truth values at once.</summary>
public sealed class VectorLabelTests(ITestOutputHelper output)
{
    private static readonly NeuralNetworkOptions Text = new()
    {
        Network = Network.Mlp([64, 64]),
        Optimizer = Optimizer.Adam(1e-3),
        Epochs = 20,
        BatchSize = 2,
        Seed = 1,
    };

    private static readonly NeuralNetworkOptions Fast = new() { Network = Network.Mlp([16]), Optimizer = Optimizer.Adam(0.01), Epochs = 10, Seed = 1 };
    private readonly MLContext _ml = new(1);

    [Fact]
    [Trait("Row", "R20")]
    public void Two_numbers_are_learned_from_a_cube()
    {
        var (train, test) = (View(120, 1), View(60, 2));
        using var model = _ml.Regression.Trainers.NeuralNetwork(Text with { LabelColumnName = "Numbers", RegressionLoss = RegressionLoss.Mse() }).Fit(train, test);
        var training = Printed(model);

        Assert.Equal(20, training.Epochs.Count);
        Assert.Equal((8, 2), (model.Model.InputSize, model.Model.OutputSize));
        Assert.Equal((8 * 64) + 64 + (64 * 64) + 64 + (64 * 2) + 2, model.Model.ParameterCount);
        Assert.All(training.Epochs, epoch => Assert.True(double.IsFinite(epoch.Loss) && double.IsFinite(epoch.ValidationLoss)));
        Assert.InRange(training.FinalValidation!.Loss, 0, 0.15);
        Assert.InRange(training.FinalValidation!.Metric, 0, 0.2 * training.InitialValidation!.Metric + 50);

        // Both numbers, though one is 500 times the size of the other.
        var scored = Scored(model, test);
        Assert.InRange(Correlation(scored.Select(row => row.Score[0]), scored.Select(row => row.Numbers[0])), 0.95, 1);
        Assert.InRange(Correlation(scored.Select(row => row.Score[1]), scored.Select(row => row.Numbers[1])), 0.9, 1);
    }

    [Theory]
    [InlineData("Flags")]
    [InlineData("Bits")]
    [Trait("Row", "R21")]
    public void A_cube_of_truth_values_is_learned_from_a_cube(string label)
    {
        var (train, test) = (View(150, 1), View(60, 2));
        using var model = _ml.BinaryClassification.Trainers.NeuralNetwork(Text with { LabelColumnName = label }).Fit(train, test);
        var training = Printed(model);

        Assert.Equal((20, 8), (training.Epochs.Count, model.Model.OutputSize));
        Assert.InRange(training.FinalValidation!.Metric, 0.9, 1);
        Assert.InRange(training.FinalValidation!.Loss, 0, 0.3);
        Assert.All(Scored(model, test), row =>
        {
            Assert.Equal(row.Score.Select(score => score > 0), row.PredictedLabel);
            Support.AssertClose([.. row.Score.Select(score => 1 / (1 + Math.Exp(-score)))], [.. row.Probability.Select(p => (double)p)], 1e-6);
        });
    }

    [Theory]
    [InlineData(2L << 30)]
    [InlineData(1L << 20)]
    public void The_error_is_that_over_all_numbers(long memory)
    {
        var data = View(30_000, 3);
        var options = Fast with { LabelColumnName = "Numbers", Epochs = 1, BatchSize = 512, RegressionLoss = RegressionLoss.Mse(), MaxDataMemory = memory };
        using var model = _ml.Regression.Trainers.NeuralNetwork(options).Fit(data, data);
        var errors = Scored(model, data).SelectMany(row => row.Score.Zip(row.Numbers, (score, number) => (double)(score - number))).ToList();

        Assert.Equal(1, model.Model.Training!.FinalValidation!.Metric / Math.Sqrt(errors.Average(error => error * error)), 1e-5);
        var scales = ((MultiOutputTask)model.Model.Task).Scales;
        Assert.Equal(1, model.Model.Training!.FinalValidation!.Loss / errors.Select((error, i) => Math.Pow(error / scales[i % 2], 2)).Average(), 1e-5);
    }

    [Fact]
    public void A_vector_of_one_number_is_learned_as_the_number_is()
    {
        var rows = Cube.Draw(100, 1);
        foreach (var row in rows)
        {
            row.Numbers = [row.Number];
        }

        var definition = SchemaDefinition.Create(typeof(Cube));
        definition["Numbers"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1);
        var data = _ml.Data.LoadFromEnumerable(rows, definition);
        using var vector = _ml.Regression.Trainers.NeuralNetwork(Fast with { LabelColumnName = "Numbers" }).Fit(data);
        using var scalar = _ml.Regression.Trainers.NeuralNetwork(Fast with { LabelColumnName = "Number" }).Fit(data);

        Assert.Equal(scalar.Model.Training!.Epochs.Select(epoch => epoch.Loss), vector.Model.Training!.Epochs.Select(epoch => epoch.Loss));
        Assert.Equal("Vector<Single, 1>", vector.GetOutputSchema(data.Schema)["Score"].Type.ToString());
    }

    [Fact]
    public void Validation_early_stopping_weights_and_accumulation_go_with_vectors()
    {
        var data = View(300, 1);
        var options = Fast with
        {
            LabelColumnName = "Flags",
            ExampleWeightColumnName = "Weight",
            ValidationFraction = 0.2,
            EarlyStopping = new EarlyStopping(patience: 2),
            AccumulationSteps = 2,
            LabelSmoothing = 0.1,
            Epochs = 200,
        };
        using var model = _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(data);

        Assert.Equal((StopKind.EarlyStopped, 240L), (model.Model.Training!.StopReason.Kind, model.Model.Training.Rows));
    }

    [Fact]
    public void Folds_are_cross_validated_one_by_one()
    {
        var folds = _ml.Data.CrossValidationSplit(View(200, 1), numberOfFolds: 3);
        var trainer = _ml.Regression.Trainers.NeuralNetwork(Fast with { LabelColumnName = "Numbers", Epochs = 20 });
        Assert.All(folds, fold =>
        {
            using var model = trainer.Fit(fold.TrainSet, fold.TestSet);
            Assert.InRange(model.Model.Training!.FinalValidation!.Loss, 0, 0.5);
        });
    }

    [Fact]
    public void Heavy_tails_and_constant_values_are_told_by_place()
    {
        var rows = Cube.Draw(100, 1);
        rows[7].Numbers[1] = 1e9f;
        foreach (var row in rows)
        {
            row.Flags[2] = true;
        }

        var lines = new List<string>();
        _ml.Log += (_, line) => lines.Add(line.Message);
        var data = _ml.Data.LoadFromEnumerable(rows);
        _ml.Regression.Trainers.NeuralNetwork(Fast with { LabelColumnName = "Numbers", Epochs = 1 }).Fit(data).Dispose();
        _ml.BinaryClassification.Trainers.NeuralNetwork(Fast with { LabelColumnName = "Flags", Epochs = 1 }).Fit(data).Dispose();

        Assert.Contains(lines, line => line.EndsWith("Numbers of the label are heavy-tailed: 1. Their loss is RegressionLoss.Huber(1).", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("Values of the label are the same in all rows: 2. The network learns them as constants.", StringComparison.Ordinal));
    }

    private TrainingResult Printed(NeuralNetworkTransformer model)
    {
        var training = model.Model.Training!;
        foreach (var epoch in training.Epochs)
        {
            output.WriteLine(FormattableString.Invariant(
                $"epoch {epoch.Epoch}: train loss {epoch.Loss:G4}, {training.MetricName} {epoch.Metric:G4}; test loss {epoch.ValidationLoss:G4}, {training.MetricName} {epoch.ValidationMetric:G4}"));
        }

        return training;
    }

    private static double Correlation(IEnumerable<float> first, IEnumerable<float> second)
    {
        var pairs = first.Zip(second).ToList();
        var (x, y) = (pairs.Average(pair => pair.First), pairs.Average(pair => pair.Second));
        double Sum(Func<double, double, double> product) => pairs.Sum(pair => product(pair.First - x, pair.Second - y));
        return Sum((a, b) => a * b) / Math.Sqrt(Sum((a, _) => a * a) * Sum((_, b) => b * b));
    }

    private List<ScoredCube> Scored(NeuralNetworkTransformer model, IDataView data) =>
        [.. _ml.Data.CreateEnumerable<ScoredCube>(model.Transform(data), reuseRowObject: false, ignoreMissingColumns: true)];

    private IDataView View(int rows, int seed) => _ml.Data.LoadFromEnumerable(Cube.Draw(rows, seed));

    private sealed class ScoredCube
    {
        public float[] Numbers { get; set; } = [];

        public float[] Score { get; set; } = [];

        public float[] Probability { get; set; } = [];

        public bool[] PredictedLabel { get; set; } = [];
    }
}
