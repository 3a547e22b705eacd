using System.Diagnostics;
using MLNet.GradStability.Tests.Callbacks;

namespace MLNet.GradStability.Tests;

/// <summary>The examples of docs/callbacks.md are the code below, word for word, and they run.</summary>
public sealed class CallbacksDocTests
{
    [Fact]
    public void The_examples_are_those_of_the_page() =>
        PageExamples.AssertSame("docs/callbacks.md", new Dictionary<string, string> { ["\"training.csv\""] = "csv", ["\"runs/first\""] = "runs" });

    [Fact]
    [Trait("Row", "R16")]
    public void Early_stopping()
    {
        // <example>
        var options = new NeuralNetworkOptions
        {
            Epochs = 200,
            ValidationFraction = 0.2,
            EarlyStopping = new(patience: 5),
        };
        // </example>
        Assert.Equal(StopKind.EarlyStopped, Run(options with { Optimizer = Optimizer.Sgd(1e-30) }).StopReason.Kind);
    }

    [Fact]
    public void Plateau()
    {
        // <example>
        var options = new NeuralNetworkOptions
        {
            ValidationFraction = 0.2,
            Optimizer = Optimizer.AdamW(3e-3),
            Callbacks = [Callback.ReduceOnPlateau(factor: 0.5, patience: 3)],
        };
        // </example>
        var nothingToLearn = Callback.On(stepStarting: (_, rows) => rows.Features.zero_());
        Assert.True(Run(options with { Callbacks = [.. options.Callbacks, nothingToLearn] }).Epochs[^1].LearningRate < 3e-3);
    }

    [Fact]
    public void Curves()
    {
        var folder = Directory.CreateTempSubdirectory("gradstability");
        var (csv, runs) = (Path.Combine(folder.FullName, "training.csv"), Path.Combine(folder.FullName, "runs"));
        try
        {
            // <example>
            var options = new NeuralNetworkOptions
            {
                Callbacks = [Callback.Csv(csv), Callback.TensorBoard(runs, everySteps: 10)],
            };
            // </example>
            Run(options with { Epochs = 3 });
            Assert.Equal(4, File.ReadLines(csv).Count());
            Assert.NotEmpty(EventFile.ReadAll(runs));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Not_a_number()
    {
        // <example>
        var options = new NeuralNetworkOptions { Callbacks = [Callback.TerminateOnNaN()] };
        // </example>
        Assert.Equal(StopKind.Completed, Run(options with { Epochs = 2 }).StopReason.Kind);
    }

    [Fact]
    public void Functions()
    {
        // <example>
        var mirror = Callback.On(
            stepStarting: (run, rows) => rows.Features.mul_(run.Step % 2 == 0 ? 1 : -1),
            epochEnded: (run, epoch) =>
            {
                if (epoch.Metric > 0.95)
                {
                    run.Stop("It is good enough.");
                }
            });
        // </example>
        Assert.Equal(StopKind.Stopped, Run(new() { Callbacks = [mirror], Optimizer = Optimizer.Adam(0.02) }).StopReason.Kind);
    }

    // <example>
    public sealed record TimeLimit(TimeSpan Limit) : Callback
    {
        public override BoundCallback Bind(CallbackScope scope) => new Bound(Limit);

        private sealed class Bound(TimeSpan limit) : BoundCallback
        {
            private readonly Stopwatch _watch = Stopwatch.StartNew();

            public override void StepEnded(RunControl run, StepRecord step)
            {
                if (_watch.Elapsed >= limit)
                {
                    run.Stop($"The limit of {limit.TotalMinutes} minutes was reached.");
                }
            }
        }
    }
    // </example>

    [Fact]
    public void Own()
    {
        // <example>
        var options = new NeuralNetworkOptions { Callbacks = [new TimeLimit(TimeSpan.FromMinutes(10))] };
        // </example>
        Assert.Equal(StopKind.Completed, Run(options with { Epochs = 2 }).StopReason.Kind);
        var reason = Run(new() { Callbacks = [new TimeLimit(TimeSpan.Zero)] }).StopReason;
        Assert.Equal("Stopped by a callback in epoch 1 after 1 steps: The limit of 0 minutes was reached.", reason.Sentence);
    }

    [Fact]
    public void Cancelling()
    {
        // <example>
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        var options = new NeuralNetworkOptions { CancellationToken = stop.Token };
        // </example>
        stop.Cancel();
        Assert.Equal(StopKind.Cancelled, Run(options).StopReason.Kind);
    }

    private static TrainingResult Run(NeuralNetworkOptions options)
    {
        using var model = Runs.Fit(options with { LabelColumnName = "Ring", Network = Network.Mlp([32]), Seed = 1 });
        return model.Model.Training!;
    }
}
