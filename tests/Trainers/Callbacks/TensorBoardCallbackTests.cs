using System.Globalization;

namespace MLNet.GradStability.Tests.Callbacks;

/// <summary>The event files of a training, read by a reader that reads PyTorch's.</summary>
[Trait("Row", "R16")]
public sealed class TensorBoardCallbackTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gradstability").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_reader_finds_what_TensorBoard_finds_in_a_file_of_PyTorch()
    {
        using var reference = Support.Reference("callbacks/events.json");
        var file = reference.RootElement.GetProperty("file").GetBytesFromBase64();
        var expected = reference.RootElement.GetProperty("scalars").EnumerateObject().SelectMany(tag => tag.Value.EnumerateArray().Select(
            point => (tag.Name, point[1].GetInt64(), point[0].GetDouble(), Number(point[2].GetString()!))));
        Assert.Equal(expected, EventFile.Read(file).Select(scalar => (scalar.Tag, scalar.Step, scalar.WallTime, scalar.Value)));

        static float Number(string text) => text == "inf" ? float.PositiveInfinity : float.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void The_reader_sees_damage()
    {
        using var reference = Support.Reference("callbacks/events.json");
        var file = reference.RootElement.GetProperty("file").GetBytesFromBase64();
        for (var i = 0; i < file.Length; i++)
        {
            var damaged = file.ToArray();
            damaged[i] ^= 4;
            Assert.Throws<InvalidDataException>(() => EventFile.Read(damaged));
        }
    }

    [Fact]
    public void Curves_are_written_as_steps_and_epochs_go()
    {
        var steps = new List<StepRecord>();
        var before = DateTimeOffset.Now.ToUnixTimeSeconds();
        using var model = Runs.Fit(Callback.TensorBoard(_folder, everySteps: 5), Callback.On(stepEnded: (_, step) => steps.Add(step)));
        var scalars = EventFile.ReadAll(_folder);
        var curves = scalars.ToLookup(scalar => scalar.Tag, scalar => (scalar.Step, scalar.Value));
        var fifths = steps.Where(step => step.Step % 5 == 0).ToList();
        Assert.Equal(6, fifths.Count);
        Assert.Equal(["accuracy/train", "gradient_norm", "learning_rate", "loss/train", "loss/train_epoch"], curves.Select(curve => curve.Key).Order(StringComparer.Ordinal));
        Assert.Equal(fifths.Select(step => (step.Step, (float)step.Loss)), curves["loss/train"]);
        Assert.Equal(fifths.Select(step => (step.Step, (float)step.LearningRate)), curves["learning_rate"]);
        Assert.Equal(fifths.Select(step => (step.Step, (float)step.GradientNorm)), curves["gradient_norm"]);
        var epochs = model.Model.Training!.Epochs;
        Assert.Equal(epochs.Select(epoch => (10L * epoch.Epoch, (float)epoch.Loss)), curves["loss/train_epoch"]);
        Assert.Equal(epochs.Select(epoch => (10L * epoch.Epoch, (float)epoch.Metric)), curves["accuracy/train"]);
        Assert.All(scalars, scalar => Assert.InRange(scalar.WallTime, before, DateTimeOffset.Now.ToUnixTimeSeconds()));
    }

    [Fact]
    [Trait("Row", "R18")]
    public void Validation_has_its_curves_from_before_the_first_step()
    {
        using var model = Runs.Fit(Runs.Options with { ValidationFraction = 0.5, Callbacks = [Callback.TensorBoard(_folder)] });
        var curves = EventFile.ReadAll(_folder).ToLookup(scalar => scalar.Tag, scalar => (scalar.Step, scalar.Value));
        var training = model.Model.Training!;
        Assert.Equal(
            training.Epochs.Select(epoch => (5L * epoch.Epoch, (float)epoch.ValidationLoss)).Prepend((0, (float)training.InitialValidation!.Loss)), curves["loss/validation"]);
        Assert.Equal(
            training.Epochs.Select(epoch => (5L * epoch.Epoch, (float)epoch.ValidationMetric)).Prepend((0, (float)training.InitialValidation.Metric)), curves["accuracy/validation"]);
    }

    [Fact]
    public void A_file_is_whole_after_each_step()
    {
        var counts = new List<int>();
        Runs.Fit(Callback.TensorBoard(_folder, everySteps: 1), Callback.On(stepEnded: (_, _) => counts.Add(EventFile.ReadAll(_folder).Count))).Dispose();
        Assert.Equal(Enumerable.Range(0, 30).Select(step => (3 * (step + 1)) + (2 * (step / 10))), counts);
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_one_warning_and_training_goes_on()
    {
        var path = Path.Combine(_folder, "file");
        File.WriteAllText(path, string.Empty);
        var log = new List<string>();
        using var model = Runs.Fit(Runs.Options with { Callbacks = [Callback.TensorBoard(path, everySteps: 1)] }, log.Add);
        Assert.Equal(StopKind.Completed, model.Model.Training!.StopReason.Kind);
        Assert.Contains($"Callback.TensorBoard cannot write to \"{path}\": ", Assert.Single(log, line => line.StartsWith("Warning ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_must_be_usable()
    {
        Assert.StartsWith("Callback.TensorBoard: directory must not be empty", Assert.Throws<ArgumentException>(() => Callback.TensorBoard(" ")).Message, StringComparison.Ordinal);
        Assert.StartsWith("Callback.TensorBoard: everySteps must be 1 or greater; got 0.", Assert.Throws<ArgumentOutOfRangeException>(() => Callback.TensorBoard("runs", 0)).Message, StringComparison.Ordinal);
    }
}
