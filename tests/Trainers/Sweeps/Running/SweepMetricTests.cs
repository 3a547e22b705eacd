using Microsoft.ML;

namespace MLNet.GradStability.Tests.Sweeps;

public sealed class SweepMetricTests
{
    [Fact]
    public void Each_metric_is_that_of_its_evaluator_and_knows_its_direction()
    {
        var ml = new MLContext(1);
        var data = Samples.RingsView(ml, 40);
        var options = RingsSweep.Options;
        using var classes = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(data);
        using var truths = ml.BinaryClassification.Trainers.NeuralNetwork(options with { LabelColumnName = "Inner" }).Fit(data);
        using var numbers = ml.Regression.Trainers.NeuralNetwork(options with { LabelColumnName = "Radius" }).Fit(data);
        var (multiclass, binary, regression) = (
            ml.MulticlassClassification.Evaluate(classes.Transform(data), "Ring"), ml.BinaryClassification.Evaluate(truths.Transform(data), "Inner"), ml.Regression.Evaluate(numbers.Transform(data), "Radius"));

        AssertMetric(SweepMetric.Accuracy("Ring"), classes, multiclass.MicroAccuracy, true);
        AssertMetric(SweepMetric.MacroAccuracy("Ring"), classes, multiclass.MacroAccuracy, true);
        AssertMetric(SweepMetric.LogLoss("Ring"), classes, multiclass.LogLoss, false);
        AssertMetric(SweepMetric.BinaryAccuracy("Inner"), truths, binary.Accuracy, true);
        AssertMetric(SweepMetric.AreaUnderRocCurve("Inner"), truths, binary.AreaUnderRocCurve, true);
        AssertMetric(SweepMetric.F1("Inner"), truths, binary.F1Score, true);
        AssertMetric(SweepMetric.BinaryLogLoss("Inner"), truths, binary.LogLoss, false);
        AssertMetric(SweepMetric.RSquared("Radius"), numbers, regression.RSquared, true);
        AssertMetric(SweepMetric.Rmse("Radius"), numbers, regression.RootMeanSquaredError, false);
        AssertMetric(SweepMetric.MeanAbsoluteError("Radius"), numbers, regression.MeanAbsoluteError, false);

        void AssertMetric(SweepMetric metric, ITransformer model, double expected, bool higherIsBetter)
        {
            Assert.Equal(expected, metric.Measure(ml, model.Transform(data)));
            Assert.Equal(higherIsBetter, metric.HigherIsBetter);
            Assert.True(metric.Loss(2) < metric.Loss(1) == higherIsBetter);
            Assert.True(metric.Loss(double.NaN) > metric.Loss(-1e300));
        }
    }
}
