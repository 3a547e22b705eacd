using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Callbacks;

/// <summary>When callbacks are called, and what they can do to a run.</summary>
[Trait("Row", "R16")]
public sealed class CallbackTests
{
    [Fact]
    public void Callbacks_are_called_in_order_at_each_moment()
    {
        var calls = new List<string>();
        Runs.Fit(Runs.Options with { Callbacks = [new Recorder("a", calls), new Recorder("b", calls)], Epochs = 2, BatchSize = 100, AccumulationSteps = 2 }).Dispose();
        string[] step1 = ["start 0/2 of 0", "start 1/2 of 0", "step 1"];
        string[] step2 = ["start 0/1 of 1", "step 2"];
        string[] step3 = ["start 0/2 of 2", "start 1/2 of 2", "step 3"];
        string[] step4 = ["start 0/1 of 3", "step 4"];
        string[] moments = ["bind", "first at 0", .. step1, .. step2, "epoch 1", .. step3, .. step4, "epoch 2", "end 4"];
        Assert.Equal(moments.SelectMany(moment => new[] { "a " + moment, "b " + moment }).Concat(["a dispose", "b dispose"]), calls);
    }

    [Fact]
    [Trait("Row", "R18")]
    public void Callbacks_get_the_evaluation_before_the_first_step()
    {
        (Evaluation?, Evaluation?) seen = (null, null);
        var callback = Callback.On(trainingStarted: (run, training, validation) =>
        {
            Assert.Equal(0, run.Step);
            seen = (training, validation);
            run.Stop("it was a sanity check.");
        });
        using var model = Runs.Fit(Runs.Options with { ValidationFraction = 0.2, Callbacks = [callback] });
        var result = model.Model.Training!;
        Assert.Equal((result.InitialTraining, result.InitialValidation), seen);
        Assert.NotNull(seen.Item2);
        Assert.Equal(new StopReason(StopKind.Stopped, "Stopped by a callback in epoch 0 after 0 steps: it was a sanity check."), result.StopReason);
        Assert.Equal(0, result.Steps);
    }

    [Fact]
    public void A_callback_is_told_what_is_trained()
    {
        var own = new Recorder("a", []);
        using var model = Runs.Fit(own);
        var scope = own.Scope!;
        Assert.Equal(("accuracy", true, 10L, 300L, 3), (scope.MetricName, scope.HigherMetricIsBetter, scope.StepsPerEpoch, scope.Rows, scope.Epochs));
        Assert.Same(model.Model.Module, scope.Network);
    }

    [Fact]
    public void Steps_tell_their_numbers()
    {
        var (steps, where) = (new List<StepRecord>(), new List<(long, int)>());
        using var model = Runs.Fit(Callback.On(stepEnded: (run, step) =>
        {
            steps.Add(step);
            where.Add((run.Step, run.Epoch));
        }));
        var epochs = model.Model.Training!.Epochs;
        Assert.Equal(Enumerable.Range(1, 30).Select(step => ((long)step, (step + 9) / 10)), steps.Select(step => (step.Step, step.Epoch)));
        Assert.Equal(steps.Select(step => (step.Step, step.Epoch)), where);
        Assert.All(steps, step => Assert.True(step is { Loss: > 0, GradientNorm: > 0, Skipped: false, LearningRate: 0.1 }));
        Assert.Equal(epochs.Select(epoch => epoch.Loss), steps.Chunk(10).Select(chunk => chunk.Average(step => step.Loss)), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(epochs.Select(epoch => epoch.MaxGradientNorm), steps.Chunk(10).Select(chunk => chunk.Max(step => step.GradientNorm)));
    }

    [Fact]
    public void Rows_can_be_changed_and_name_themselves()
    {
        var points = Samples.Rings(300).ToList();
        var seen = new List<long>();
        using var model = Runs.Fit(Callback.On(stepStarting: (run, rows) =>
        {
            if (run.Epoch == 1)
            {
                seen.AddRange(rows.RowIds());
                Assert.Equal(rows.RowIds().SelectMany(id => points[(int)id].Features).Select(value => (double)value), rows.Features.ToArray());
                Assert.Equal(rows.RowIds().Select(id => (double)points[(int)id].Ring), rows.Targets.ToArray());
                Assert.Null(rows.Weights);
            }

            rows.Features.zero_();
        }));
        Assert.Equal(Enumerable.Range(0, 300), seen.Order().Select(id => (int)id));
        using var untouched = Runs.Fit();
        var first = model.Model.Module.named_parameters().First(named => named.name == "hidden0.weight").parameter.ToArray();
        var trained = untouched.Model.Module.named_parameters().First(named => named.name == "hidden0.weight").parameter.ToArray();
        Assert.NotEqual(trained, first);
    }

    [Fact]
    public void What_a_callback_writes_into_rows_lasts_for_the_step()
    {
        var still = Runs.Options with { Epochs = 2, Optimizer = Optimizer.Sgd(1e-30) };
        var scaling = Callback.On(stepStarting: (run, rows) => rows.Features.mul_(run.Epoch == 1 ? 100 : 1));
        using var touched = Runs.Fit(still with { Callbacks = [scaling] });
        using var untouched = Runs.Fit(still);
        Assert.NotEqual(untouched.Model.Training!.Epochs[0].Loss, touched.Model.Training!.Epochs[0].Loss);
        Assert.Equal(untouched.Model.Training.Epochs[1].Loss, touched.Model.Training.Epochs[1].Loss);
    }

    [Fact]
    public void A_callback_can_inject_faults()
    {
        var steps = new List<StepRecord>();
        using var model = Runs.Fit(
            Callback.On(stepStarting: (run, rows) =>
            {
                if (run.Step == 4)
                {
                    rows.Features[0].fill_(double.NaN);
                }
            }),
            Callback.On(stepEnded: (_, step) => steps.Add(step)));
        Assert.Equal([5], steps.Where(step => step.Skipped).Select(step => step.Step));
        Assert.False(double.IsFinite(steps[4].Loss));
        Assert.Equal(StopKind.Completed, model.Model.Training!.StopReason.Kind);
        Assert.All(Runs.Weights(model), weight => Assert.True(double.IsFinite(weight)));
    }

    [Fact]
    public void A_callback_can_change_weights()
    {
        using var model = Runs.Fit(new Zeroing());
        Assert.All(Runs.Weights(model), weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void A_callback_ends_the_run_with_its_reason()
    {
        var later = 0;
        using var model = Runs.Fit(
            Callback.On(stepEnded: (run, step) =>
            {
                if (step.Step == 13)
                {
                    run.Stop("thirteen is enough.");
                }
            }),
            Callback.On(stepEnded: (run, step) =>
            {
                later++;
                if (step.Step == 13)
                {
                    run.Stop("too late.");
                }
            }));
        var training = model.Model.Training!;
        Assert.Equal(new StopReason(StopKind.Stopped, "Stopped by a callback in epoch 2 after 13 steps: thirteen is enough."), training.StopReason);
        Assert.Equal((13L, 13), (training.Steps, later));
    }

    [Fact]
    public void A_callback_can_end_the_run_after_an_epoch_and_before_a_step()
    {
        using var afterEpoch = Runs.Fit(Callback.On(epochEnded: (run, epoch) => run.Stop("done.")));
        Assert.Equal((StopKind.Stopped, 10L, 1), (afterEpoch.Model.Training!.StopReason.Kind, afterEpoch.Model.Training.Steps, afterEpoch.Model.Training.Epochs.Count));
        using var beforeStep = Runs.Fit(Callback.On(stepStarting: (run, rows) => run.Stop("done.")));
        Assert.Equal((StopKind.Stopped, 1L), (beforeStep.Model.Training!.StopReason.Kind, beforeStep.Model.Training.Steps));
        Assert.Contains("must not be empty", Assert.Throws<InvalidOperationException>(() => Runs.Fit(Callback.On(epochEnded: (run, _) => run.Stop(" ")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_callback_scales_the_rate_of_any_schedule()
    {
        var plain = Rates(Callback.On());
        var scaled = Rates(Callback.On(stepEnded: (run, step) => run.RateScale *= step.Step is 5 or 7 ? 0.5 : 1));
        Assert.Equal(plain.Take(5), scaled.Take(5));
        Assert.Equal(plain.Skip(5).Take(2).Select(rate => rate * 0.5), scaled.Skip(5).Take(2));
        Assert.Equal(plain.Skip(7).Select(rate => rate * 0.25), scaled.Skip(7));

        static List<double> Rates(Callback callback)
        {
            var rates = new List<double>();
            Runs.Fit(Runs.Options with { Optimizer = Optimizer.Sgd(Schedule.Cosine(0.1)), Callbacks = [callback, Callback.On(stepEnded: (_, step) => rates.Add(step.LearningRate))] }).Dispose();
            return rates;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_rate_scale_must_be_usable(double scale)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Runs.Fit(Callback.On(epochEnded: (run, _) => run.RateScale = scale)));
        Assert.StartsWith("Callback.On failed after epoch 1, which ended the fit: RunControl: RateScale must be finite and greater than 0; got ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_of_callbacks_must_hold_callbacks()
    {
        Assert.Contains("Callbacks must be given; got null", Assert.Throws<ArgumentNullException>(() => Runs.Options with { Callbacks = [null!] }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Runs.Options with { Callbacks = null! });
        Assert.Equal(Runs.Options with { Callbacks = [Callback.TerminateOnNaN()] }, Runs.Options with { Callbacks = [Callback.TerminateOnNaN()] });
    }

    [Fact]
    public void Callbacks_are_no_part_of_what_is_saved()
    {
        var options = Runs.Options with { Callbacks = [Callback.On(), Callback.TerminateOnNaN()] };
        Assert.Empty(Descriptions.FromJson<NeuralNetworkOptions>(Descriptions.ToJson(options)).Callbacks);
    }

    private sealed record Zeroing : Callback
    {
        public override BoundCallback Bind(CallbackScope scope) => new Bound(scope.Network);

        private sealed class Bound(nn.Module<Tensor, Tensor> network) : BoundCallback
        {
            public override void StepEnded(RunControl run, StepRecord step)
            {
                foreach (var parameter in network.parameters())
                {
                    parameter.zero_();
                }
            }
        }
    }

    private sealed record Recorder(string Letter, List<string> Calls) : Callback
    {
        public CallbackScope? Scope { get; private set; }

        public override BoundCallback Bind(CallbackScope scope)
        {
            Scope = scope;
            Calls.Add(Letter + " bind");
            return new Bound(call => Calls.Add($"{Letter} {call}"));
        }

        private sealed class Bound(Action<string> add) : BoundCallback
        {
            public override void TrainingStarted(RunControl run, Evaluation? training, Evaluation? validation) => add($"first at {run.Step}");

            public override void StepStarting(RunControl run, StepRows rows) => add($"start {rows.Part}/{rows.Parts} of {run.Step}");

            public override void StepEnded(RunControl run, StepRecord step) => add($"step {step.Step}");

            public override void EpochEnded(RunControl run, EpochRecord epoch) => add($"epoch {epoch.Epoch}");

            public override void TrainingEnded(TrainingResult result) => add($"end {result.Steps}");

            protected override void Dispose(bool disposing) => add("dispose");
        }
    }
}
