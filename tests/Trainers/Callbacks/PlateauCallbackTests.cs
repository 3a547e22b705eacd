namespace MLNet.GradStability.Tests.Callbacks;

/// <summary>ReduceOnPlateau against torch's rule, and in a training.</summary>
[Trait("Row", "R16")]
public sealed class PlateauCallbackTests
{
    private static readonly CallbackScope Scope = new(null!, "metric", false, true, 1, 1, 1, new NeuralNetworkOptions(), _ => { }, _ => { });

    public static TheoryData<int> Cases
    {
        get
        {
            using var reference = Support.Reference("callbacks/callbacks.json");
            return [.. Enumerable.Range(0, reference.RootElement.GetProperty("plateau").GetArrayLength())];
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_scales_the_rate_when_torch_does(int index)
    {
        using var reference = Support.Reference("callbacks/callbacks.json");
        var expected = reference.RootElement.GetProperty("plateau")[index];
        var callback = Callback.ReduceOnPlateau(
            expected.GetProperty("factor").GetDouble(),
            expected.GetProperty("patience").GetInt32(),
            expected.GetProperty("minDelta").GetDouble(),
            expected.GetProperty("cooldown").GetInt32(),
            expected.GetProperty("minScale").GetDouble(),
            Monitored.TrainingMetric,
            expected.GetProperty("mode").GetString() == "min" ? MonitorMode.Min : MonitorMode.Max);
        using var bound = callback.Bind(Scope);
        var run = new RunControl { RateScale = 8 };
        var scales = new List<double>();
        foreach (var (i, value) in expected.GetProperty("values").Numbers().Index())
        {
            bound.EpochEnded(run, new EpochRecord(i + 1, double.NaN, value, 1, 1, 0.1, 0, TimeSpan.Zero));
            scales.Add(run.RateScale / 8);
        }

        Support.AssertClose(expected.GetProperty("scales").Numbers(), scales, 1e-12);
    }

    [Fact]
    public void In_a_training_it_lowers_the_rates_of_any_schedule_and_says_so()
    {
        var log = new List<string>();
        var options = Runs.Options with { Optimizer = Optimizer.Sgd(Schedule.Cosine(0.1)), Epochs = 6 };
        using var plain = Runs.Fit(options);
        using var reduced = Runs.Fit(options with { Callbacks = [Callback.ReduceOnPlateau(0.5, patience: 1, minDelta: 1e9, monitor: Monitored.TrainingLoss)] }, log.Add);
        Assert.Equal(
            plain.Model.Training!.Epochs.Zip([1, 1, 1, 0.5, 0.5, 0.25], (epoch, scale) => epoch.LearningRate * scale),
            reduced.Model.Training!.Epochs.Select(epoch => epoch.LearningRate));
        Assert.Contains(log, line => line.EndsWith("The training loss has not improved since epoch 1: from epoch 4 on the rate is 0.5 times the schedule's.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_resumes_goes_on_counting()
    {
        var callback = Callback.ReduceOnPlateau(0.5, patience: 1, minDelta: 0, cooldown: 2, minScale: 0.2, Monitored.TrainingMetric);
        double[] values = [3, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1];
        var (whole, expected) = (new RunControl(), new List<double>());
        using var unbroken = callback.Bind(Scope);
        for (var i = 0; i < values.Length; i++)
        {
            unbroken.EpochEnded(whole, Epoch(i));
            expected.Add(whole.RateScale);
        }

        for (var cut = 0; cut <= values.Length; cut++)
        {
            using var before = callback.Bind(Scope);
            using var after = callback.Bind(Scope);
            using var snapshot = new StateSnapshot();
            var (run, scales) = (new RunControl(), new List<double>());
            for (var i = 0; i < values.Length; i++)
            {
                if (i == cut)
                {
                    snapshot.Capture(before.Exchange);
                    snapshot.Restore(after.Exchange);
                }

                (i < cut ? before : after).EpochEnded(run, Epoch(i));
                scales.Add(run.RateScale);
            }

            Assert.Equal(expected, scales);
        }

        EpochRecord Epoch(int i) => new(i + 1, double.NaN, values[i], 1, 1, 0.1, 0, TimeSpan.Zero);
    }

    [Fact]
    public void Without_validation_rows_it_says_so_before_the_training()
    {
        var error = Assert.Throws<ArgumentException>(() => Runs.Fit(Callback.ReduceOnPlateau(), Callback.ReduceOnPlateau(monitor: Monitored.TrainingLoss)));
        Assert.Equal("Callback.ReduceOnPlateau: monitor must be a number of the training, as there are no validation rows; got ValidationLoss. Set ValidationFraction to 0.1 or so, give validation data to Fit, or monitor Monitored.TrainingLoss.", error.Message);
    }

    [Fact]
    public void Numbers_must_be_usable()
    {
        AssertMessage(() => Callback.ReduceOnPlateau(1), "factor must be above 0 and below 1; got 1.");
        AssertMessage(() => Callback.ReduceOnPlateau(double.NaN), "factor must be above 0 and below 1; got NaN.");
        AssertMessage(() => Callback.ReduceOnPlateau(patience: -1), "patience must be 0 or greater; got -1.");
        AssertMessage(() => Callback.ReduceOnPlateau(minDelta: -1), "minDelta must be finite and 0 or greater; got -1.");
        AssertMessage(() => Callback.ReduceOnPlateau(cooldown: -1), "cooldown must be 0 or greater; got -1.");
        AssertMessage(() => Callback.ReduceOnPlateau(minScale: 1), "minScale must be at least 0 and below 1; got 1.");
        AssertMessage(() => Callback.ReduceOnPlateau(monitor: (Monitored)9), "monitor must be a member of Monitored; got 9.");
        AssertMessage(() => Callback.ReduceOnPlateau(mode: (MonitorMode)9), "mode must be a member of MonitorMode; got 9.");

        static void AssertMessage(Func<object> make, string text) =>
            Assert.StartsWith("Callback.ReduceOnPlateau: " + text, Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);
    }
}
