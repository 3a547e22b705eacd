using System.Globalization;

namespace MLNet.GradStability.Tests.Callbacks;

/// <summary>The CSV file of a training.</summary>
[Trait("Row", "R16")]
public sealed class CsvCallbackTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gradstability").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void There_is_a_header_and_a_row_an_epoch()
    {
        var path = Path.Combine(_folder, "new", "training.csv");
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Comma();
        try
        {
            using var model = Runs.Fit(Callback.Csv(path));
            var rows = Rows(path);
            Assert.Equal(["epoch", "loss", "accuracy", "mean_gradient_norm", "max_gradient_norm", "learning_rate", "skipped_steps", "seconds"], rows[0]);
            Assert.Equal(
                model.Model.Training!.Epochs.Select(epoch => new[] { epoch.Epoch, epoch.Loss, epoch.Metric, epoch.MeanGradientNorm, epoch.MaxGradientNorm, epoch.LearningRate, epoch.SkippedSteps, epoch.Duration.TotalSeconds }),
                rows.Skip(1).Select(row => row.Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Each_row_is_there_before_the_next_epoch_and_a_fit_starts_anew()
    {
        var path = Path.Combine(_folder, "training.csv");
        File.WriteAllText(path, new string('x', 10_000));
        for (var fit = 0; fit < 2; fit++)
        {
            var lines = new List<int>();
            Runs.Fit(Callback.Csv(path), Callback.On(stepEnded: (_, _) => lines.Add(Rows(path).Count))).Dispose();
            Assert.Equal(Enumerable.Range(0, 30).Select(step => 1 + (step / 10)), lines);
            Assert.Equal(4, Rows(path).Count);
        }
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_one_warning_and_training_goes_on()
    {
        var log = new List<string>();
        using var model = Runs.Fit(Runs.Options with { Callbacks = [Callback.Csv(_folder)] }, log.Add);
        Assert.Equal(StopKind.Completed, model.Model.Training!.StopReason.Kind);
        Assert.Contains($"Callback.Csv cannot write to \"{_folder}\": ", Assert.Single(log, line => line.StartsWith("Warning ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_could_not_be_written_are_written_once_that_is_possible()
    {
        var path = Path.Combine(_folder, "training.csv");
        Directory.CreateDirectory(path);
        var log = new List<string>();
        Runs.Fit(
            Runs.Options with
            {
                Callbacks =
                [
                    Callback.Csv(path),
                    Callback.On(epochEnded: (_, epoch) =>
                    {
                        if (epoch.Epoch == 2)
                        {
                            Directory.Delete(path);
                        }
                    }),
                ],
            },
            log.Add).Dispose();
        Assert.Equal(["epoch", "1", "2", "3"], Rows(path).Select(row => row[0]));
        Assert.Single(log, line => line.StartsWith("Warning ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_never_ends_within_a_piece()
    {
        var path = Path.Combine(_folder, "file");
        var file = new AppendedFile(path, "head\n"u8.ToArray());
        file.Append("one\n"u8);
        File.AppendAllText(path, "tw");
        file.Append("two\n"u8);
        Assert.Equal("head\none\ntwo\n", File.ReadAllText(path));
        File.AppendAllText(path, "much that is longer than the next piece");
        file.Append("three\n"u8);
        Assert.Equal("head\none\ntwo\nthree\n", File.ReadAllText(path));
        File.Delete(path);
        file.Append("four\n"u8);
        Assert.Equal("head\nfour\n", File.ReadAllText(path));
    }

    [Fact]
    public void A_run_that_resumes_goes_on_behind_the_epochs_of_its_checkpoint()
    {
        var path = Path.Combine(_folder, "training.csv");
        var scope = new CallbackScope(null!, "RMSE", false, true, 1, 1, 1, new NeuralNetworkOptions(), Assert.Fail, Assert.Fail);
        var run = new RunControl();
        using var killed = Callback.Csv(path).Bind(scope);
        using var snapshot = new StateSnapshot();
        killed.StepStarting(run, null!);
        killed.EpochEnded(run, Epoch(1));
        killed.EpochEnded(run, Epoch(2));
        snapshot.Capture(killed.Exchange);
        killed.EpochEnded(run, Epoch(3));
        File.AppendAllText(path, "4,0.");

        using var resumed = Callback.Csv(path).Bind(scope);
        snapshot.Restore(resumed.Exchange);
        resumed.StepStarting(run, null!);
        resumed.EpochEnded(run, Epoch(3));
        Assert.Equal("epoch,loss,RMSE,validation_loss,validation_RMSE,mean_gradient_norm,max_gradient_norm,learning_rate,skipped_steps,seconds", string.Join(',', Rows(path)[0]));
        Assert.Equal(["1", "2", "3"], Rows(path).Skip(1).Select(row => row[0]));
        Assert.Equal("3,0.5,NaN,0.25,-Infinity,1,2,1E-05,4,1.5", string.Join(',', Rows(path)[3]));

        static EpochRecord Epoch(int epoch) =>
            new(epoch, 0.5, double.NaN, 1, 2, 1e-5, 4, TimeSpan.FromSeconds(1.5)) { ValidationLoss = 0.25, ValidationMetric = double.NegativeInfinity };
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void A_path_is_needed(string? path) =>
        Assert.StartsWith("Callback.Csv: path must not be empty; got ", Assert.Throws<ArgumentException>(() => Callback.Csv(path!)).Message, StringComparison.Ordinal);

    private static CultureInfo Comma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        return culture;
    }

    private static List<string[]> Rows(string path)
    {
        var text = File.ReadAllText(path);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return [.. text.Split('\n')[..^1].Select(line => line.Split(','))];
    }
}
