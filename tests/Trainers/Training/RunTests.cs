using Microsoft.ML;

namespace MLNet.GradStability.Tests.Training;

/// <summary>What a user sees of a run: progress, log, cancellation, divergence.</summary>
public sealed class RunTests
{
    private static readonly NeuralNetworkOptions Options = new() { LabelColumnName = "Ring", Network = Network.Mlp([16]), Epochs = 5, Seed = 1 };
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Progress_tells_where_the_training_stands()
    {
        var reports = new Reports();
        using var model = Fit(Options with { Progress = reports });
        Assert.Equal([1, 2, 3, 4, 5], reports.Where(report => report.IsEpochEnd).Select(report => report.Epoch));
        Assert.Equal(reports.Select(report => report.Step).Order(), reports.Select(report => report.Step));
        var last = reports[^1];
        Assert.Equal((50, 50L), ((int)last.Step, last.TotalSteps));
        Assert.Equal(("accuracy", TimeSpan.Zero), (last.MetricName, last.Remaining));
        Assert.Equal(model.Model.Training!.Epochs[^1].Metric, last.Metric);
        Assert.True(last.RowsPerSecond > 0 && last.GradientNorm > 0 && double.IsFinite(last.Loss));
        Assert.Equal(model.Model.Training.Epochs[^1].Loss, last.Loss, 1e-12);
    }

    [Fact]
    public void The_log_of_the_context_gets_a_line_an_epoch_and_the_ending()
    {
        var lines = new List<string>();
        _ml.Log += (_, e) => lines.Add(e.Message);
        using var model = Fit(Options);
        Assert.Equal(5, lines.Count(line => line.Contains("Epoch ", StringComparison.Ordinal) && line.Contains("gradient norm", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("Completed: all 5 epochs were trained.", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("300 rows of 2 features, in memory, batches of 32", StringComparison.Ordinal));
    }

    [Fact]
    public void Cancelling_ends_at_the_next_step_with_a_usable_model()
    {
        using var stop = new CancellationTokenSource();
        var reports = new Reports(report =>
        {
            if (report is { IsEpochEnd: true, Epoch: 2 })
            {
                stop.Cancel();
            }
        });
        using var model = Fit(Options with { Epochs = 1000, Progress = reports, CancellationToken = stop.Token });
        var training = model.Model.Training!;
        Assert.Equal(StopKind.Cancelled, training.StopReason.Kind);
        Assert.Equal("Cancelled in epoch 3 after 21 steps; the network is as it was then.", training.StopReason.Sentence);
        Assert.Equal(21, training.Steps);
        Assert.Equal(300, model.Transform(Samples.RingsView(_ml)).Preview(maxRows: 500).RowView.Length);
    }

    [Fact]
    public void A_rate_beyond_all_measure_ends_with_finite_weights_and_says_so()
    {
        using var model = Fit(Options with { Optimizer = Optimizer.Sgd(1e30), Gradients = null, Epochs = 50 });
        var training = model.Model.Training!;
        Assert.Equal(StopKind.Diverged, training.StopReason.Kind);
        Assert.Contains("Lower the learning rate", training.StopReason.Sentence, StringComparison.Ordinal);
        Assert.Equal(5, training.RollBacks);
        Assert.True(training.SkippedSteps >= 18);
        Assert.All(model.Model.Module.parameters(), parameter => Assert.All(parameter.ToArray(), value => Assert.True(double.IsFinite(value))));
    }

    [Fact]
    public void Dropout_acts_in_training_alone()
    {
        using var model = Fit(Options with { Network = Network.Mlp([64], dropout: 0.5) });
        var data = Samples.RingsView(_ml);
        var twice = Enumerable.Range(0, 2).Select(_ => model.Transform(data).Preview(maxRows: 50).RowView.Select(row => row.Values[^1].Value.ToString()).ToArray()).ToArray();
        Assert.Equal(twice[0], twice[1]);
        using var plain = Fit(Options with { Network = Network.Mlp([64]) });
        Assert.NotEqual(plain.Model.Training!.Epochs[0].Loss, model.Model.Training!.Epochs[0].Loss);
    }

    private NeuralNetworkTransformer Fit(NeuralNetworkOptions options) => _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Samples.RingsView(_ml));

    private sealed class Reports(Action<TrainingProgress>? onReport = null) : List<TrainingProgress>, IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            Add(value);
            onReport?.Invoke(value);
        }
    }
}
