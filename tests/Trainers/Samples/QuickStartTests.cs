using System.Diagnostics;
using System.Globalization;

namespace MLNet.GradStability.Tests;

/// <summary>The sample QuickStart as a process.</summary>
public sealed class QuickStartTests
{
    [Fact]
    [Trait("Row", "R16")]
    public void Ctrl_C_ends_the_training_with_a_model_that_predicts()
    {
        if (OperatingSystem.IsWindows() || IgnoresInterrupts())
        {
            return;
        }

        var folder = Directory.CreateTempSubdirectory("gradstability");
        try
        {
            var path = Path.Combine(folder.FullName, "digits.zip");
            using var training = Start("train", path);
            var first = training.StandardOutput.ReadLine();
            Assert.StartsWith("epoch ", first, StringComparison.Ordinal);
            Process.Start("kill", ["-INT", training.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
            var rest = training.StandardOutput.ReadToEnd();
            training.WaitForExit();
            Assert.Contains("Cancelled in epoch ", rest, StringComparison.Ordinal);
            Assert.Contains("saved ", rest, StringComparison.Ordinal);
            Assert.Equal(0, training.ExitCode);

            using var predicting = Start("predict", path);
            Assert.Contains("bit for bit", predicting.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
            predicting.WaitForExit();
            Assert.Equal(0, predicting.ExitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Process Start(params string[] arguments)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "QuickStart", configuration, "QuickStart.dll"));
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true })!;
    }

    /// <summary>A process that was started with SIGINT ignored hands that on to its children.</summary>
    private static bool IgnoresInterrupts() =>
        File.Exists("/proc/self/status")
        && File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } ignored
        && (ulong.Parse(ignored[7..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 2) != 0;
}
