using System.Diagnostics;
using System.Text.Json;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Devices;

/// <summary>Runs <see cref="GpuProgram"/> once and keeps what it found.</summary>
public sealed class GpuRuns
{
    private readonly Lazy<Dictionary<string, GpuFinding>> _findings = new(Run);

    /// <summary>Why the cases cannot be run here; null when they can.</summary>
    public static string? Reason { get; } = File.Exists(GpuProgram.SimulationFile) || cuda.is_available()
        ? null
        : "There is no GPU, and none is simulated, which needs the distribution's libtorch (-p:Stack=standins).";

    internal GpuFinding this[string name] => _findings.Value[name];

    private static Dictionary<string, GpuFinding> Run()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(Directory.CreateDirectory(folder.Path).FullName, "findings.json");
        var host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        using var process = Process.Start(new ProcessStartInfo(host, [typeof(GpuProgram).Assembly.Location, GpuProgram.Argument, file]) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
        return JsonSerializer.Deserialize<List<GpuFinding>>(File.ReadAllText(file), Distribution.Mpirun.Json)!.ToDictionary(finding => finding.Name);
    }
}
