using System.Security.Cryptography;

namespace MLNet.GradStability.Tests;

/// <summary>Checkpoints that cannot be read, and folders that cannot be written.</summary>
[Trait("Row", "R17")]
public sealed class DamagedCheckpointTests : IDisposable
{
    private static readonly Lazy<double[]> Whole = new(() => new CheckpointedFit().Run().Weights);
    private readonly TemporaryFolder _folder = new();
    private readonly CheckpointedFit _fit = new();

    [Theory]
    [InlineData("empty", "it is empty")]
    [InlineData("short", "it is too short")]
    [InlineData("truncated", "its checksum is wrong")]
    [InlineData("one bit", "its checksum is wrong")]
    [InlineData("version", "its checksum is wrong")]
    [InlineData("other file", "it is not a checkpoint")]
    public void A_damaged_one_is_reported_and_the_one_before_it_used(string damage, string reason)
    {
        _fit.Run(new(_folder.Path), cancelAfter: 13);
        Assert.Equal([5, 10, 13], _folder.Steps);
        var newest = _folder.Checkpoints[^1];
        var bytes = File.ReadAllBytes(newest);
        File.WriteAllBytes(newest, damage switch
        {
            "empty" => [],
            "short" => bytes[..20],
            "truncated" => bytes[..^1000],
            "one bit" => [.. bytes[..5000], (byte)(bytes[5000] ^ 16), .. bytes[5001..]],
            "version" => [.. bytes[..4], 9, .. bytes[5..]],
            _ => [.. Enumerable.Repeat((byte)'x', 5000)],
        });

        Assert.Equal(Whole.Value, _fit.Run(new(_folder.Path)).Weights);

        Assert.Equal([$"Checkpointing: {newest} is damaged: {reason}. It is set aside, and the one before it used."], _fit.Warnings);
        Assert.Contains(_fit.Log, line => line.StartsWith("Checkpointing: resumed after step 10", StringComparison.Ordinal));
        Assert.True(File.Exists(newest + ".damaged"));
    }

    [Fact]
    public void With_all_of_them_damaged_the_training_starts_anew()
    {
        _fit.Run(new(_folder.Path), cancelAfter: 13);
        Array.ForEach(_folder.Checkpoints, file => File.WriteAllBytes(file, []));

        var run = _fit.Run(new(_folder.Path));

        Assert.Equal(Whole.Value, run.Weights);
        Assert.Equal(3, _fit.Warnings.Count);
    }

    [Fact]
    public void A_newer_format_is_an_error_that_says_what_to_do()
    {
        _fit.Run(new(_folder.Path), cancelAfter: 3);
        var file = _folder.Checkpoints.Single();
        var bytes = File.ReadAllBytes(file)[..^32];
        bytes[4] = 2;
        File.WriteAllBytes(file, [.. bytes, .. SHA256.HashData(bytes)]);

        var error = Assert.Throws<InvalidOperationException>(() => _fit.Run(new(_folder.Path)));

        Assert.Equal($"Checkpointing: {file} is in format 2 and this version of the library reads up to 1. Update MLNet.GradStability, or set Resume to false to start anew.", error.Message);
        Assert.Equal(Whole.Value, _fit.Run(new(_folder.Path) { Resume = false }).Weights);
    }

    [Fact]
    public void One_that_does_not_fit_is_an_error_that_says_what_to_do()
    {
        _fit.Run(new(_folder.Path), cancelAfter: 3);

        var error = Assert.Throws<InvalidOperationException>(() =>
            new CheckpointedFit { Options = _fit.Options with { Callbacks = [new Remembering()] } }.Run(new(_folder.Path)));

        Assert.StartsWith($"Checkpointing: {_folder.Checkpoints.Single()} does not fit this run, though options and rows are the same: State of the run: callbacks.1.number must be a whole number; found", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Undo that, or set Resume to false to start anew.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_process_left_unfinished_is_taken_away()
    {
        _fit.Run(new(_folder.Path), cancelAfter: 3);
        var unfinished = _folder.Checkpoints[0] + ".tmp";
        File.WriteAllText(unfinished, "half");

        _fit.Run(new(_folder.Path));

        Assert.False(File.Exists(unfinished));
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_warned_of_once_and_training_goes_on()
    {
        File.WriteAllText(_folder.Path, "in the way");
        try
        {
            Assert.Equal(Whole.Value, _fit.Run(new(_folder.Path) { EverySteps = 1 }).Weights);
        }
        finally
        {
            File.Delete(_folder.Path);
        }

        AssertWarnedOnce("could not be read or made");
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_warned_of_once_and_training_goes_on()
    {
        var fit = new CheckpointedFit();
        Assert.Equal(Whole.Value, fit.Run(new(OperatingSystem.IsLinux() ? "/proc/none/here" : Path.Combine(Environment.SystemDirectory, "none", "\0"))).Weights);
        Assert.Contains("could not be read or made", Assert.Single(fit.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_warned_of_once_and_the_next_checkpoint_is_tried()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        // The first two checkpoints go, under their unfinished names, to a device that is full.
        Assert.Equal(Whole.Value, _fit.Run(new(_folder.Path), atStep: step =>
        {
            if (step is 1 or 6)
            {
                File.CreateSymbolicLink(Path.Combine(Directory.GetDirectories(_folder.Path).Single(), $"checkpoint-{step + 4:D9}.gsck.tmp"), "/dev/full");
            }
        }).Weights);

        AssertWarnedOnce("could not be written: No space left on device");
        Assert.Equal([15, 20], _folder.Steps);
    }

    public void Dispose() => _folder.Dispose();

    private void AssertWarnedOnce(string what)
    {
        var warning = Assert.Single(_fit.Warnings);
        Assert.StartsWith($"Checkpointing: a checkpoint in {_folder.Path} {what}", warning, StringComparison.Ordinal);
        Assert.EndsWith("Free space on the disk, or give a folder that can be written.", warning, StringComparison.Ordinal);
    }

    private sealed record Remembering : Callback
    {
        public override BoundCallback Bind(CallbackScope scope) => new Bound();

        private sealed class Bound : BoundCallback
        {
            private long _number;

            public override void Exchange(RunState state) => state.Exchange("number", ref _number);
        }
    }
}
