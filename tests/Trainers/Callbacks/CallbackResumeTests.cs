namespace MLNet.GradStability.Tests.Callbacks;

/// <summary>Callbacks of a run that broke off and resumes from a checkpoint.</summary>
[Trait("Row", "R16")]
[Trait("Row", "R17")]
public sealed class CallbackResumeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gradstability").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(9)]
    [InlineData(25)]
    [InlineData(37)]
    public void Rates_rows_of_the_CSV_and_early_stopping_go_on_where_they_were(int breaks)
    {
        using var unbroken = Runs.Fit(Options("unbroken.csv"));
        var options = Options("broken.csv") with { Checkpoints = new(Path.Combine(_folder, "checkpoints")) { EverySteps = 4 } };
        var failing = Callback.On(stepEnded: (_, step) =>
        {
            if (step.Step == breaks)
            {
                throw new TimeoutException();
            }
        });
        var quiet = Callback.On(stepEnded: (_, _) => { });
        Assert.IsType<TimeoutException>(Assert.Throws<InvalidOperationException>(() => Runs.Fit(options with { Callbacks = [.. options.Callbacks, failing] })).InnerException);
        using var resumed = Runs.Fit(options with { Callbacks = [.. options.Callbacks, quiet] });

        Assert.Equal(StopKind.EarlyStopped, unbroken.Model.Training!.StopReason.Kind);
        Assert.Equal(unbroken.Model.Training.StopReason, resumed.Model.Training!.StopReason);
        Assert.Equal(Runs.Weights(unbroken), Runs.Weights(resumed));
        Assert.Contains(unbroken.Model.Training.Epochs, epoch => epoch.LearningRate < 0.1);
        Assert.Equal(Rows("unbroken.csv"), Rows("broken.csv"));
    }

    private NeuralNetworkOptions Options(string csv) => Runs.Options with
    {
        Epochs = 20,
        EarlyStopping = new(Monitored.TrainingLoss, patience: 4, minDelta: 1e9),
        Callbacks = [Callback.ReduceOnPlateau(0.5, patience: 1, minDelta: 1e9, monitor: Monitored.TrainingLoss), Callback.Csv(Path.Combine(_folder, csv))],
    };

    /// <summary>All cells but the seconds.</summary>
    private IEnumerable<string> Rows(string csv) => File.ReadLines(Path.Combine(_folder, csv)).Select(line => line[..line.LastIndexOf(',')]);
}
