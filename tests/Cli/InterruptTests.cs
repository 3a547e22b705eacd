using System.Diagnostics;
using System.Globalization;

namespace MLNet.GradStability.Cli.Tests;

public sealed class InterruptTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradstab");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    [Trait("Row", "R16")]
    public void Ctrl_C_ends_the_training_with_a_saved_model()
    {
        if (OperatingSystem.IsWindows() || IgnoresInterrupts())
        {
            return;
        }

        var data = Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv");
        using var training = Gradstab.Start(_folder.FullName, "train", data, "--label", "digit", "--network", "mlp:16", "--epochs", "200", "--threads", "1", "--out", "digits.zip");
        Assert.Contains(Lines(training.StandardError), line => line.StartsWith("epoch 20/", StringComparison.Ordinal));
        Process.Start("kill", ["-INT", training.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

        var outcome = Outcome.Of(training).Exits(130);

        Assert.Contains("Cancelled in epoch ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("held-out rows: ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("model: digits.zip", outcome.Output, StringComparison.Ordinal);
        var predicted = Gradstab.Run(_folder.FullName, "predict", "digits.zip", data).Exits(0);
        Assert.Equal(1798, predicted.Output.Count(c => c == '\n'));
    }

    [Fact]
    public void Ctrl_C_ends_a_sweep_with_the_best_so_far()
    {
        if (OperatingSystem.IsWindows() || IgnoresInterrupts())
        {
            return;
        }

        var data = Path.Combine(AppContext.BaseDirectory, "Data", "iris.csv");
        using var sweep = Gradstab.Start(
            _folder.FullName, "sweep", data, "--label", "species", "--network", "mlp:8", "--epochs", "5", "--search", "rate=1e-4..1e-1", "--trials", "100000", "--tuner", "random", "--out", "iris.zip", "--report", "sweep.html");
        Assert.Contains(Lines(sweep.StandardError), line => line.StartsWith("trial 3/", StringComparison.Ordinal));
        Process.Start("kill", ["-INT", sweep.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

        var outcome = Outcome.Of(sweep).Exits(130);

        Assert.Contains("The sweep was cancelled.", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("held-out rows: ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("model: iris.zip", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("The sweep was cancelled.", File.ReadAllText(Path.Combine(_folder.FullName, "sweep.html")), StringComparison.Ordinal);
        Gradstab.Run(_folder.FullName, "predict", "iris.zip", data).Exits(0);
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>A process that was started with SIGINT ignored hands that on to its children.</summary>
    private static bool IgnoresInterrupts() =>
        File.Exists("/proc/self/status")
        && File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } ignored
        && (ulong.Parse(ignored[7..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 2) != 0;
}
