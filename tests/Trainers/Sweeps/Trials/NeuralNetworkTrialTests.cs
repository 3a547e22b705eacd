using Microsoft.ML;

namespace MLNet.GradStability.Tests.Sweeps;

/// <summary>A trial that fails has finite and bad metrics; what fails every trial is thrown.</summary>
public sealed class NeuralNetworkTrialTests
{
    private static readonly NeuralNetworkOptions Quick = new() { Network = Network.Mlp([16]), Epochs = 3, Seed = 1 };

    // Without guard and clip at this rate the weights leave the finite numbers in the first steps.
    private static readonly NeuralNetworkOptions Exploding = Quick with { Stability = null, Gradients = null, Optimizer = Optimizer.Sgd(1e30) };

    [Fact]
    public void A_trial_that_goes_well_is_what_the_trainer_gives()
    {
        var ml = new MLContext(1);
        var rows = Multiclass(ml);
        using var trial = ml.MulticlassClassification.Trainers.NeuralNetworkTrial(Quick).Fit(rows);
        using var plain = ml.MulticlassClassification.Trainers.NeuralNetwork(Quick).Fit(rows);
        Assert.Equal(StopKind.Completed, trial.Model.Training!.StopReason.Kind);
        Assert.Equal(Scores(ml, plain, rows), Scores(ml, trial, rows));
    }

    [Fact]
    public void A_diverged_classifier_names_the_rarest_class()
    {
        var ml = new MLContext(1);
        var log = new List<string>();
        ml.Log += (_, e) => log.Add(e.RawMessage);
        var rows = ml.Data.FilterRowsByColumn(Multiclass(ml), "Radius", lowerBound: 60);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetworkTrial(Exploding).Fit(rows);
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(rows));
        Assert.InRange(metrics.MicroAccuracy, 0.1, 0.3);
        Assert.InRange(metrics.LogLoss, 3, 6);
        Assert.Equal(StopKind.Diverged, model.Model.Training!.StopReason.Kind);
        Assert.StartsWith("Diverged", model.Model.Training.StopReason.Sentence, StringComparison.Ordinal);
        Assert.Contains(log, line => line.StartsWith("The trial failed, and its scores are made bad: Diverged", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_metric_of_a_failed_binary_trial_is_finite()
    {
        var ml = new MLContext(1);
        var rows = Samples.BreastCancer(ml);
        using var model = ml.BinaryClassification.Trainers.NeuralNetworkTrial(Exploding).Fit(rows);
        var metrics = ml.BinaryClassification.Evaluate(model.Transform(rows));
        Assert.InRange(metrics.Accuracy, 0.3, 0.4);
        Assert.All(
            [metrics.AreaUnderRocCurve, metrics.AreaUnderPrecisionRecallCurve, metrics.F1Score, metrics.PositivePrecision, metrics.NegativePrecision, metrics.LogLoss],
            metric => Assert.True(double.IsFinite(metric)));
    }

    [Fact]
    public void A_failed_regression_is_worse_than_the_mean()
    {
        var ml = new MLContext(1);
        var rows = Samples.Diabetes(ml);
        using var model = ml.Regression.Trainers.NeuralNetworkTrial(Exploding).Fit(rows);
        var metrics = ml.Regression.Evaluate(model.Transform(rows));
        Assert.InRange(metrics.RSquared, -200, -50);
        Assert.InRange(metrics.RootMeanSquaredError, 500, 1000);
    }

    [Fact]
    public void A_network_that_cannot_be_built_is_a_failed_trial()
    {
        NetworkModules.Register("trial-throws", (_, _) => throw new NotSupportedException("no such layer"));
        var ml = new MLContext(1);
        var rows = Multiclass(ml);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetworkTrial(Quick with { Network = Network.Custom("trial-throws") }).Fit(rows);
        Assert.Contains("no such layer", model.Model.Training!.StopReason.Sentence, StringComparison.Ordinal);
        Assert.True(double.IsFinite(ml.MulticlassClassification.Evaluate(model.Transform(rows)).LogLoss));
    }

    [Fact]
    public void A_guard_that_throws_keeps_its_account()
    {
        var ml = new MLContext(1);
        var options = Exploding with { Stability = new() { BadSteps = 1, MaxRollBacks = 0, OnDivergence = DivergenceAction.Throw } };
        using var model = ml.MulticlassClassification.Trainers.NeuralNetworkTrial(options).Fit(Multiclass(ml));
        Assert.NotEmpty(model.Model.Training!.Incidents);
        Assert.Equal(StopKind.Diverged, model.Model.Training.StopReason.Kind);
    }

    [Fact]
    public void A_failed_trial_is_saved_and_loaded()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        var file = Path.Combine(folder.Path, "bad.zip");
        var ml = new MLContext(1);
        var rows = Multiclass(ml);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetworkTrial(Exploding).Fit(rows);
        ml.Model.Save(model, rows.Schema, file);
        var loaded = new MLContext().UseGradStability().Model.Load(file, out _);
        Assert.Equal(Scores(ml, model, rows), Scores(ml, loaded, rows));
    }

    [Fact]
    public void What_fails_every_trial_is_thrown()
    {
        var ml = new MLContext(1);
        var rows = Multiclass(ml);
        var spoiled = ml.Data.LoadFromEnumerable(Samples.Rings(30).Select((row, i) =>
        {
            row.Features[0] = i == 7 ? float.NaN : row.Features[0];
            return row;
        }).ToList());
        var trainers = ml.Regression.Trainers;
        Assert.Contains("Missing", Assert.Throws<ArgumentException>(() => trainers.NeuralNetworkTrial(Quick with { LabelColumnName = "Missing" }).Fit(rows)).Message, StringComparison.Ordinal);
        Assert.Contains("must hold finite numbers", Assert.Throws<InvalidOperationException>(() => trainers.NeuralNetworkTrial(Quick with { LabelColumnName = "Radius" }).Fit(spoiled)).Message, StringComparison.Ordinal);
        Assert.Contains("LabelSmoothing", Assert.Throws<ArgumentException>(() => trainers.NeuralNetworkTrial(Quick with { LabelColumnName = "Radius", LabelSmoothing = 0.1 }).Fit(rows)).Message, StringComparison.Ordinal);
        Assert.Contains("Checkpoints must be null", Assert.Throws<ArgumentOutOfRangeException>(() => trainers.NeuralNetworkTrial(Quick with { Checkpoints = new("folder") })).Message, StringComparison.Ordinal);
        Assert.Contains("Distribution must be null", Assert.Throws<ArgumentOutOfRangeException>(() => trainers.NeuralNetworkTrial(Quick with { Distribution = DataParallel.Mpi() })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_trial_is_no_result()
    {
        using var stop = new CancellationTokenSource();
        var ml = new MLContext(1);
        var options = Quick with { CancellationToken = stop.Token, Callbacks = [Callback.On(stepEnded: (_, _) => stop.Cancel())] };
        var error = Assert.Throws<OperationCanceledException>(() => ml.MulticlassClassification.Trainers.NeuralNetworkTrial(options).Fit(Multiclass(ml)));
        Assert.Equal(stop.Token, error.CancellationToken);
    }

    private static IDataView Multiclass(MLContext ml)
    {
        var rows = Samples.RingsView(ml, 180);
        return ml.Transforms.CopyColumns("Label", "Ring").Fit(rows).Transform(rows);
    }

    private static float[] Scores(MLContext ml, ITransformer model, IDataView rows) =>
        [.. ml.Data.CreateEnumerable<Scored>(model.Transform(rows), reuseRowObject: false, ignoreMissingColumns: true).SelectMany(row => row.Score)];

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
