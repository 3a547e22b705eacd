using Microsoft.ML;

namespace MLNet.GradStability.Tests;

/// <summary>When checkpoints are written, which are kept, and whose they are.</summary>
[Trait("Row", "R17")]
public sealed class CheckpointingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CheckpointedFit _fit = new();

    public CheckpointingTests() => Descriptions.Register<Rising>();

    [Fact]
    public void Without_a_word_after_each_epoch_and_the_last_three_stay()
    {
        var written = new List<int>();
        _fit.Run(new(_folder.Path), atStep: _ => written.AddRange(_folder.Steps));
        Assert.Equal([5, 10, 15], written.Distinct());
        Assert.Equal([10, 15, 20], _folder.Steps);
    }

    [Fact]
    public void Every_so_many_steps_epochs_or_minutes()
    {
        Assert.Equal([3, 6, 9, 12, 15, 18, 20], Written(new(_folder.Path) { EverySteps = 3, EveryEpochs = null }));
        Assert.Equal([4, 5, 9, 10, 14, 15, 19, 20], Written(new(_folder.Path) { EverySteps = 4 }));
        Assert.Equal([10, 20], Written(new(_folder.Path) { EveryEpochs = 2 }));
        Assert.Equal([20], Written(new(_folder.Path) { EveryEpochs = null }));
        Assert.Equal([20], Written(new(_folder.Path) { EveryEpochs = null, Every = TimeSpan.FromDays(1) }));
        Assert.Equal(Enumerable.Range(1, 20), Written(new(_folder.Path) { EveryEpochs = null, Every = TimeSpan.FromTicks(1) }));

        int[] Written(Checkpointing checkpoints)
        {
            _fit.Run(checkpoints with { Keep = 100, Resume = false });
            return _folder.Steps;
        }
    }

    [Fact]
    public void The_best_stays_beside_the_newest()
    {
        // The first epoch is the best.
        var fit = new CheckpointedFit { Options = _fit.Options with { Network = Network.Mlp([4]), InputScaling = null, LabelSmoothing = 0, Stability = null, Optimizer = Optimizer.Sgd(new Rising()) } };
        var losses = fit.Run(new(_folder.Path) { Keep = 1 }).Result.Epochs.Select(epoch => epoch.Loss).ToList();
        Assert.Equal(losses.Min(), losses[0]);
        Assert.Equal([5, 20], _folder.Steps);

        fit.Run(new(_folder.Path) { Keep = 9, BestOnly = true, Resume = false });
        Assert.Equal([5, 20], _folder.Steps);
    }

    [Fact]
    public void The_best_stays_when_a_run_is_taken_up_again()
    {
        var fit = new CheckpointedFit { Options = _fit.Options with { Network = Network.Mlp([4]), InputScaling = null, Stability = null, Optimizer = Optimizer.Sgd(new Rising()) } };
        fit.Run(new(_folder.Path) { BestOnly = true }, cancelAfter: 12);
        Assert.Equal([5, 12], _folder.Steps);
        fit.Run(new(_folder.Path) { BestOnly = true });
        Assert.Equal([5, 20], _folder.Steps);
    }

    [Fact]
    public void Runs_with_other_options_or_rows_have_folders_of_their_own_and_the_log_says_so()
    {
        _fit.Run(new(_folder.Path), cancelAfter: 3);
        Assert.DoesNotContain(_fit.Log, line => line.Contains("of this run", StringComparison.Ordinal));
        var others = new CheckpointedFit[]
        {
            new() { Options = _fit.Options with { Epochs = 3 } },
            new() { Options = _fit.Options with { Seed = 6 } },
            new() { Data = ml => Samples.RingsView(ml, 71) },
            new() { Data = ml => Samples.RingsView(ml, 70, seed: 2) },
            new() { Data = ml => ml.Data.LoadFromEnumerable(Samples.Rings(70).Reverse().ToList()) },
            new() { Options = _fit.Options with { LabelColumnName = "Other" }, Data = ml => ml.Transforms.CopyColumns("Other", "Ring").Fit(Samples.RingsView(ml, 70)).Transform(Samples.RingsView(ml, 70)) },
            new() { Options = _fit.Options with { ValidationData = Samples.RingsView(new MLContext(1), 30, seed: 3) } },
            new() { Options = _fit.Options with { ValidationData = Samples.RingsView(new MLContext(1), 30, seed: 4) } },
        };
        for (var i = 0; i < others.Length; i++)
        {
            var first = others[i].Run(new(_folder.Path), cancelAfter: 2);
            Assert.Equal(2, first.Result.Steps);
            Assert.Contains(others[i].Log, line => line == $"Checkpointing: {_folder.Path} holds none of this run, and those of {i + 1} with other options or rows; the training starts anew.");
        }

        Assert.Equal(1 + others.Length, Directory.GetDirectories(_folder.Path).Length);
        Assert.Equal(StopKind.Completed, _fit.Run(new(_folder.Path)).Result.StopReason.Kind);
        Assert.Contains(_fit.Log, line => line.StartsWith("Checkpointing: resumed after step 3", StringComparison.Ordinal));
    }

    [Fact]
    public void What_only_looks_on_does_not_make_another_run()
    {
        _fit.Run(new(_folder.Path), cancelAfter: 3);
        var watched = new CheckpointedFit { Options = _fit.Options with { Progress = new Progress<TrainingProgress>() } };
        watched.Run(new(_folder.Path) { Keep = 5, EverySteps = 4 });
        Assert.Contains(watched.Log, line => line.StartsWith("Checkpointing: resumed after step 3", StringComparison.Ordinal));
    }

    [Fact]
    public void Folds_of_a_cross_validation_do_not_mix()
    {
        var ml = new MLContext(1);
        var data = Samples.RingsView(ml, 90);
        var options = _fit.Options with { Checkpoints = null };
        var whole = Scores(options);

        Assert.Equal(whole, Scores(options with { Checkpoints = new(_folder.Path) }));
        Assert.Equal(3, Directory.GetDirectories(_folder.Path).Length);
        Assert.Equal(whole, Scores(options with { Checkpoints = new(_folder.Path) }));

        List<double> Scores(NeuralNetworkOptions options) =>
        [
            .. ml.MulticlassClassification.CrossValidate(data, ml.MulticlassClassification.Trainers.NeuralNetwork(options), 3, "Ring", seed: 1)
                .Select(fold => fold.Metrics.LogLoss),
        ];
    }

    [Fact]
    public void A_search_for_the_rate_writes_none()
    {
        var ml = new MLContext(1);
        ml.MulticlassClassification.Trainers.NeuralNetwork(_fit.Options with { Checkpoints = new(_folder.Path) }).FindLearningRate(Samples.RingsView(ml, 70), steps: 20);
        Assert.Empty(_folder.Checkpoints);
    }

    [Fact]
    public void The_folder_is_no_part_of_a_model() =>
        Assert.Equal(Descriptions.ToJson(_fit.Options), Descriptions.ToJson(_fit.Options with { Checkpoints = new(_folder.Path) }));

    [Fact]
    public void Choices_are_checked_where_they_are_made()
    {
        Assert.StartsWith("Checkpointing: folder must not be empty; got \" \".", Assert.Throws<ArgumentException>(() => new Checkpointing(" ")).Message, StringComparison.Ordinal);
        Assert.StartsWith("Checkpointing: EverySteps must be 1 or greater; got 0.", Error(() => new("a") { EverySteps = 0 }), StringComparison.Ordinal);
        Assert.StartsWith("Checkpointing: EveryEpochs must be 1 or greater; got -1.", Error(() => new("a") { EveryEpochs = -1 }), StringComparison.Ordinal);
        Assert.StartsWith("Checkpointing: Every must be greater than 0; got 00:00:00.", Error(() => new("a") { Every = TimeSpan.Zero }), StringComparison.Ordinal);
        Assert.StartsWith("Checkpointing: Keep must be 1 or greater; got 0.", Error(() => new("a") { Keep = 0 }), StringComparison.Ordinal);
        Assert.Equal((null, 1, null, 3, false, true), (new Checkpointing("a").EverySteps, new Checkpointing("a").EveryEpochs, new Checkpointing("a").Every, new Checkpointing("a").Keep, new Checkpointing("a").BestOnly, new Checkpointing("a").Resume));

        static string Error(Func<Checkpointing> create) => Assert.Throws<ArgumentOutOfRangeException>(create).Message;
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A rate that is good in the first epoch and too high after it.</summary>
    [DescriptionKind("test-rising")]
    internal sealed record Rising : Schedule
    {
        public override double RateAt(long step, long totalSteps) => step < CheckpointedFit.StepsPerEpoch ? 0.02 : 5;
    }
}
