namespace MLNet.GradStability.Tests.Callbacks;

/// <summary>Early stopping: its rule against Keras's, and in a training.</summary>
[Trait("Row", "R16")]
public sealed class EarlyStoppingTests
{
    private const double Unreachable = 1e9;

    public static TheoryData<int> Cases
    {
        get
        {
            using var reference = Support.Reference("callbacks/callbacks.json");
            return [.. Enumerable.Range(0, reference.RootElement.GetProperty("early").GetArrayLength())];
        }
    }

    [Fact]
    public void The_defaults_are_those_asked_for()
    {
        var rule = new EarlyStopping();
        Assert.Equal((Monitored.ValidationLoss, 5, 0d, MonitorMode.Auto, true), (rule.Monitor, rule.Patience, rule.MinDelta, rule.Mode, rule.RestoreBest));
        Assert.Null(new NeuralNetworkOptions().EarlyStopping);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_ends_and_is_best_where_Keras_is(int index)
    {
        using var reference = Support.Reference("callbacks/callbacks.json");
        var expected = reference.RootElement.GetProperty("early")[index];
        var mode = expected.GetProperty("mode").GetString() == "min" ? MonitorMode.Min : MonitorMode.Max;
        var rule = new EarlyStopping(Monitored.TrainingMetric, expected.GetProperty("patience").GetInt32(), expected.GetProperty("minDelta").GetDouble(), mode);
        var bound = rule.Bind("metric", higherMetricIsBetter: false);
        var stopped = 0;
        var best = 0;
        foreach (var (i, value) in expected.GetProperty("values").Numbers().Index())
        {
            var reason = bound.EpochEnded(Epoch(i + 1, double.NaN, value));
            best = bound.Improved ? i + 1 : best;
            Assert.Equal(best, bound.BestEpoch);
            if (reason is not null)
            {
                stopped = i + 1;
                Assert.Equal(StopKind.EarlyStopped, reason.Kind);
                break;
            }
        }

        Assert.Equal((expected.GetProperty("stopped").GetInt32(), expected.GetProperty("best").GetInt32()), (stopped, best));
    }

    [Theory]
    [InlineData(Monitored.TrainingLoss, true, false)]
    [InlineData(Monitored.TrainingMetric, true, true)]
    [InlineData(Monitored.TrainingMetric, false, false)]
    [InlineData(Monitored.ValidationLoss, true, false)]
    [InlineData(Monitored.ValidationMetric, true, true)]
    [InlineData(Monitored.ValidationMetric, false, false)]
    public void The_number_itself_says_which_way_is_better(Monitored monitor, bool higherMetricIsBetter, bool up)
    {
        Assert.Equal(up, monitor.IsHigherBetter(MonitorMode.Auto, higherMetricIsBetter));
        Assert.True(monitor.IsHigherBetter(MonitorMode.Max, higherMetricIsBetter));
        Assert.False(monitor.IsHigherBetter(MonitorMode.Min, higherMetricIsBetter));
    }

    [Fact]
    public void A_number_that_is_not_finite_never_is_the_best()
    {
        var bound = new EarlyStopping(Monitored.TrainingLoss, 10).Bind("accuracy", higherMetricIsBetter: true);
        foreach (var (i, value) in new[] { double.NaN, double.NegativeInfinity, 3, double.NaN, double.NegativeInfinity, double.PositiveInfinity, 2 }.Index())
        {
            bound.EpochEnded(Epoch(i + 1, value, 0));
            Assert.Equal(i is 2 or 6, bound.Improved);
        }

        Assert.Equal(7, bound.BestEpoch);
    }

    [Fact]
    public void A_run_that_gives_no_finite_number_ends_too()
    {
        var bound = new EarlyStopping(Monitored.TrainingLoss, 2).Bind("accuracy", higherMetricIsBetter: true);
        Assert.Null(bound.EpochEnded(Epoch(1, double.NaN, 0)));
        Assert.StartsWith(
            "Stopped early after epoch 2: the training loss was no finite number in 2 epochs in a row.", bound.EpochEnded(Epoch(2, double.NaN, 0))!.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_training_ends_early_and_returns_the_best_weights_or_the_last(bool restore)
    {
        var weights = new WeightsAtEpochs();
        using var model = Runs.Fit(Runs.Options with
        {
            Epochs = 50,
            EarlyStopping = new(Monitored.TrainingLoss, patience: 3, minDelta: Unreachable, restoreBest: restore),
            Callbacks = [weights],
        });
        var training = model.Model.Training!;
        Assert.Equal(
            FormattableString.Invariant($"Stopped early after epoch 4: the training loss has not improved for 3 epochs in a row; its best was {training.Epochs[0].Loss:G5} in epoch 1, and the network is {(restore ? "as it was then" : "the last one")}."),
            training.StopReason.Sentence);
        Assert.Equal((StopKind.EarlyStopped, 4, 40L), (training.StopReason.Kind, training.Epochs.Count, training.Steps));
        Assert.Equal(weights.Taken[restore ? 0 : 3], Runs.Weights(model));
        Assert.NotEqual(weights.Taken[0], weights.Taken[3]);
    }

    [Fact]
    public void Without_validation_rows_it_says_so_before_the_training()
    {
        foreach (var monitor in new[] { Monitored.ValidationLoss, Monitored.ValidationMetric })
        {
            var error = Assert.Throws<ArgumentException>(() => Runs.Fit(Runs.Options with { EarlyStopping = new(monitor) }));
            Assert.Equal($"EarlyStopping: monitor must be a number of the training, as there are no validation rows; got {monitor}. Set ValidationFraction to 0.1 or so, give validation data to Fit, or monitor Monitored.TrainingLoss.", error.Message);
        }
    }

    [Fact]
    public void A_run_that_resumes_goes_on_counting()
    {
        var rule = new EarlyStopping(Monitored.TrainingLoss, patience: 3);
        var (before, after) = (rule.Bind("accuracy", true), rule.Bind("accuracy", true));
        Assert.All(new double[] { 3, 1, 2, 2 }.Index(), item => Assert.Null(before.EpochEnded(Epoch(item.Index + 1, item.Item, 0))));
        using var snapshot = new StateSnapshot();
        snapshot.Capture(before.Exchange);
        snapshot.Restore(after.Exchange);
        Assert.Equal(2, after.BestEpoch);
        Assert.Equal(before.EpochEnded(Epoch(5, 1.5, 0)), after.EpochEnded(Epoch(5, 1.5, 0)));
        Assert.Equal(StopKind.EarlyStopped, after.EpochEnded(Epoch(6, 1.5, 0))!.Kind);
    }

    [Theory]
    [InlineData(Monitored.ValidationLoss)]
    [InlineData(Monitored.ValidationMetric)]
    public void The_best_epoch_on_validation_rows_is_what_a_fit_returns(Monitored monitor)
    {
        var weights = new WeightsAtEpochs();
        using var model = Runs.Fit(Runs.Options with
        {
            Epochs = 100,
            Optimizer = Optimizer.Adam(0.3),
            ValidationFraction = 0.2,
            EarlyStopping = new(monitor, patience: 2),
            Callbacks = [weights],
        });
        var training = model.Model.Training!;
        var values = training.Epochs.Select(epoch => monitor == Monitored.ValidationLoss ? -epoch.ValidationLoss : epoch.ValidationMetric).ToList();
        var best = values.IndexOf(values.Max());
        Assert.Equal(StopKind.EarlyStopped, training.StopReason.Kind);
        Assert.Equal(best + 1 + 2, training.Epochs.Count);
        Assert.Equal(weights.Taken[best], Runs.Weights(model));
        Assert.Equal(training.Epochs[best].ValidationLoss, training.FinalValidation!.Loss);
        Assert.Equal(training.Epochs[best].ValidationMetric, training.FinalValidation.Metric);
    }

    [Fact]
    public void The_best_epoch_is_returned_when_all_epochs_are_trained_too()
    {
        var weights = new WeightsAtEpochs();
        using var model = Runs.Fit(Runs.Options with
        {
            Epochs = 4,
            EarlyStopping = new(Monitored.TrainingLoss, patience: 50, minDelta: Unreachable),
            Callbacks = [weights],
        });
        Assert.Equal(StopKind.Completed, model.Model.Training!.StopReason.Kind);
        Assert.Equal(weights.Taken[0], Runs.Weights(model));
    }

    [Fact]
    public void The_rule_is_saved_with_the_options()
    {
        var options = Runs.Options with { EarlyStopping = new(Monitored.TrainingMetric, 7, 0.5, MonitorMode.Max, restoreBest: false) };
        Assert.Equal(options.EarlyStopping, Descriptions.FromJson<NeuralNetworkOptions>(Descriptions.ToJson(options)).EarlyStopping);
    }

    [Fact]
    public void Numbers_must_be_usable()
    {
        AssertMessage(() => new EarlyStopping(patience: 0), "EarlyStopping: patience must be 1 or greater; got 0.");
        AssertMessage(() => new EarlyStopping(minDelta: -1), "EarlyStopping: minDelta must be finite and 0 or greater; got -1.");
        AssertMessage(() => new EarlyStopping(minDelta: double.NaN), "EarlyStopping: minDelta must be finite and 0 or greater; got NaN.");
        AssertMessage(() => new EarlyStopping((Monitored)9), "EarlyStopping: monitor must be a member of Monitored; got 9.");
        AssertMessage(() => new EarlyStopping(mode: (MonitorMode)9), "EarlyStopping: mode must be a member of MonitorMode; got 9.");
    }

    private static void AssertMessage(Func<object> make, string start) =>
        Assert.StartsWith(start, Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);

    private static EpochRecord Epoch(int epoch, double loss, double metric) => new(epoch, loss, metric, 1, 1, 0.1, 0, TimeSpan.Zero);
}
