using Microsoft.ML;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>The guard in real trainings whose rows, rates or weights are broken by a callback.</summary>
[Trait("Row", "R25")]
public sealed class GuardTests
{
    private const int Steps = 200;
    private static readonly NeuralNetworkOptions Options = new()
    {
        LabelColumnName = "Ring",
        Network = Network.Mlp([32, 32]),
        Optimizer = Optimizer.Adam(0.01),
        Epochs = 20,
        Seed = 1,
    };

    private static readonly string[] Faults = ["features NaN", "features infinite", "features times 1e4", "weights of the network NaN"];

    private readonly MLContext _ml = new(1);

    public static TheoryData<string> AllFaults => [.. Faults];

    [Theory]
    [MemberData(nameof(AllFaults))]
    public void A_training_that_dies_at_step_50_is_noticed_at_that_step_named_and_saved(string fault)
    {
        long[] rows = [];
        using var model = Fit(Options, Breaking(step => step == 50, fault, ids => rows = ids));

        var training = model.Model.Training!;
        var first = training.Incidents[0];
        Assert.Equal(50, first.Step);
        Assert.Equal(rows, first.Rows);
        Assert.Equal(fault.Contains("times", StringComparison.Ordinal) ? IncidentKind.GradientSpike : IncidentKind.NonFiniteLoss, first.Kind);
        Assert.Contains(first.Kind == IncidentKind.GradientSpike ? "gradient explosion" : "the loss is", first.Sentence, StringComparison.Ordinal);
        Assert.Contains(first.Layer, new[] { "hidden0", "hidden1", "output" });
        Assert.Equal(StopKind.Completed, training.StopReason.Kind);
        Assert.True(AccuracyOf(model) > 0.95);
        AssertFinite(model);
    }

    [Fact]
    public void An_accuracy_that_drops_at_step_100_is_noticed_and_recovered_from()
    {
        var model = Fit(Options, Callback.On(stepEnded: (run, step) => run.RateScale = step.Step is >= 100 and < 103 ? 3000 : 1));

        var training = model.Model.Training!;
        Assert.InRange(training.Incidents[0].Step, 100, 106);
        Assert.Contains(training.Incidents, incident => incident.Reaction == GuardReaction.RolledBack);
        Assert.True(training.RollBacks is >= 1 and <= 5);
        Assert.True(AccuracyOf(model) > 0.9);
        model.Dispose();
    }

    [Fact]
    public void Reactions_come_in_order_and_are_bounded()
    {
        using var model = Fit(Options, Breaking(step => step >= 60, "features NaN"));

        var training = model.Model.Training!;
        var round = new[] { GuardReaction.Skipped, GuardReaction.Skipped, GuardReaction.RolledBack };
        Assert.Equal(
            [.. Enumerable.Repeat(round, 5).SelectMany(all => all), GuardReaction.Skipped, GuardReaction.Skipped, GuardReaction.Stopped],
            training.Incidents.Select(incident => incident.Reaction));
        Assert.Equal((5, 18), (training.RollBacks, training.SkippedSteps));
        Assert.Equal(StopKind.Diverged, training.StopReason.Kind);
        Assert.Contains("5 roll-backs", training.StopReason.Sentence, StringComparison.Ordinal);
        AssertFinite(model);
    }

    [Fact]
    public void Each_roll_back_in_a_row_lowers_the_rate_further()
    {
        var rates = new List<double>();
        using var model = Fit(
            Options with { Optimizer = Optimizer.Sgd(0.1) },
            Breaking(step => step is 60 or 61 or 62 or 90 or 91 or 92, "features NaN"),
            Callback.On(stepEnded: (_, step) => rates.Add(step.LearningRate)));

        Assert.Equal(0.1, rates[62], 1e-9);
        Assert.Equal(0.1 * 0.5 / 20, rates[63], 1e-9);
        Assert.Equal(0.1 * 0.5, rates[85], 1e-9);
        Assert.Equal(0.1 * 0.5 * 0.25, rates[120], 1e-9);
    }

    [Theory]
    [InlineData("features NaN", false)]
    [InlineData("features times 1e4", true)]
    public void A_skipped_step_leaves_no_trace_in_weights_and_running_statistics(string fault, bool spectral)
    {
        var options = Options with
        {
            Network = spectral ? Network.Mlp([16], weightNormalization: WeightNormalization.Spectral()) : Network.Mlp([16], normalization: Normalization.Batch()),
            Epochs = 4,
        };
        using var network = Fit(options, Breaking(step => step == 39, fault));
        using var shorter = Fit(options, Callback.On(stepEnded: (run, step) =>
        {
            if (step.Step == 39)
            {
                run.Stop("enough");
            }
        }));

        Assert.Equal(1, network.Model.Training!.SkippedSteps);
        Assert.Equal(WeightsOf(shorter), WeightsOf(network));
        Assert.All(network.Model.Module.named_buffers(), buffer => Assert.All(buffer.Item2.ToArray(), value => Assert.InRange(value, -100, 100)));
    }

    [Fact]
    public void Only_the_rows_to_blame_are_named()
    {
        var named = 0L;
        using var model = Fit(Options, Callback.On(stepStarting: (run, rows) =>
        {
            if (run.Step == 30)
            {
                using var row = rows.Features.narrow(0, 5, 1);
                row.fill_(float.NaN);
                named = rows.RowIds()[5];
            }
        }));

        Assert.Equal([named], model.Model.Training!.Incidents[0].Rows);
    }

    [Fact]
    public void On_request_a_training_that_cannot_be_saved_throws_with_its_result()
    {
        var options = Options with { Stability = new StabilityPolicy { OnDivergence = DivergenceAction.Throw, MaxRollBacks = 1 } };

        var thrown = Assert.Throws<TrainingDivergedException>(() => Fit(options, Breaking(step => step >= 60, "features NaN")));

        Assert.Equal(1, thrown.Result.RollBacks);
        Assert.Equal(thrown.Result.StopReason.Sentence, thrown.Message);
    }

    [Fact]
    public void Without_the_guard_a_broken_step_breaks_the_training_and_the_last_finite_epoch_is_returned()
    {
        using var model = Fit(Options with { Stability = null }, Breaking(step => step == 55, "features NaN"));

        var training = model.Model.Training!;
        Assert.Equal((StopKind.Diverged, 5), (training.StopReason.Kind, training.Epochs.Count));
        Assert.Empty(training.Incidents);
        AssertFinite(model);
    }

    [Fact]
    public void Incidents_are_warnings_in_the_log_of_the_context()
    {
        var warnings = new List<string>();
        _ml.Log += (_, e) =>
        {
            if (e.Kind == ChannelMessageKind.Warning)
            {
                warnings.Add(e.RawMessage);
            }
        };
        using var model = Fit(Options, Breaking(step => step == 50, "features NaN"));

        Assert.Equal(model.Model.Training!.Incidents.Select(incident => incident.Sentence), warnings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_breaks_the_weights_that_come_out_are_finite(int seed)
    {
        var random = new Random(seed);
        var broken = Enumerable.Range(0, Steps).Where(_ => random.Next(3) == 0).ToHashSet();
        using var model = Fit(
            Options with { Seed = seed, Gradients = random.Next(2) == 0 ? null : Options.Gradients },
            Breaking(step => broken.Contains((int)step), Faults[random.Next(4)]));

        AssertFinite(model);
    }

    [Fact]
    public void A_healthy_training_has_no_incident()
    {
        using var model = Fit(Options);

        Assert.Empty(model.Model.Training!.Incidents);
        Assert.Equal((0, 0), (model.Model.Training.SkippedSteps, model.Model.Training.RollBacks));
    }

    [Fact]
    public void The_policy_is_part_of_the_saved_options()
    {
        var options = Options with { Stability = new StabilityPolicy { SpikeFactor = 4, Window = 50, BadSteps = 2, RateFactor = 0.1, MaxRollBacks = 1, SnapshotEvery = 7 } };

        Assert.Equal(options.Stability, Descriptions.FromJson<NeuralNetworkOptions>(Descriptions.ToJson(options)).Stability);
        Assert.Null(Descriptions.FromJson<NeuralNetworkOptions>(Descriptions.ToJson(options with { Stability = null })).Stability);
    }

    private static Callback Breaking(Func<long, bool> when, string fault, Action<long[]>? rowIds = null)
    {
        var network = default(nn.Module<Tensor, Tensor>);
        return new WithNetwork(
            scope => network = scope.Network,
            (run, rows) =>
            {
                if (!when(run.Step))
                {
                    return;
                }

                rowIds?.Invoke(rows.RowIds());
                using var _ = no_grad();
                switch (fault)
                {
                    case "features NaN":
                        rows.Features.fill_(float.NaN);
                        break;
                    case "features infinite":
                        rows.Features.fill_(float.PositiveInfinity);
                        break;
                    case "features times 1e4":
                        rows.Features.mul_(1e4);
                        break;
                    default:
                        network!.parameters().First().fill_(float.NaN);
                        break;
                }
            });
    }

    private static double[] WeightsOf(NeuralNetworkTransformer model) => [.. model.Model.Module.parameters().SelectMany(parameter => parameter.ToArray())];

    private static void AssertFinite(NeuralNetworkTransformer model) => Assert.All(WeightsOf(model), value => Assert.True(double.IsFinite(value)));

    private double AccuracyOf(NeuralNetworkTransformer model) =>
        _ml.MulticlassClassification.Evaluate(model.Transform(Samples.RingsView(_ml)), labelColumnName: "Ring").MicroAccuracy;

    private NeuralNetworkTransformer Fit(NeuralNetworkOptions options, params Callback[] callbacks) =>
        _ml.MulticlassClassification.Trainers.NeuralNetwork(options with { Callbacks = callbacks }).Fit(Samples.RingsView(_ml));

    /// <summary>A callback that breaks rows or the network itself.</summary>
    private sealed record WithNetwork(Action<CallbackScope> Bound, Action<RunControl, StepRows> Starting) : Callback
    {
        public override BoundCallback Bind(CallbackScope scope)
        {
            Bound(scope);
            return new AtStep(Starting);
        }

        private sealed class AtStep(Action<RunControl, StepRows> starting) : BoundCallback
        {
            public override void StepStarting(RunControl run, StepRows rows) => starting(run, rows);
        }
    }
}
