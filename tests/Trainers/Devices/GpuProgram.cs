using System.Runtime.InteropServices;
using System.Text.Json;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Devices;

/// <summary>Runs the cases of <see cref="GpuCases"/> on the processor and on a GPU, a real one or the simulated one, in a process of its own: this assembly is a program too.</summary>
internal static class GpuProgram
{
    public const string Argument = "on-a-gpu";
    private const string Simulation = "libsimulated_cuda.so";
    private static Count? _waits;

    /// <summary>Where the simulated device would be.</summary>
    public static string SimulationFile => Path.Combine(AppContext.BaseDirectory, Simulation);

    /// <summary>Whether the device is the simulated one.</summary>
    public static bool IsSimulated => _waits is not null;

    public static void Run(string file)
    {
        // Before libtorch has looked for devices, which it does once.
        if (File.Exists(SimulationFile))
        {
            var simulation = NativeLibrary.Load(SimulationFile);
            _waits = Marshal.GetDelegateForFunctionPointer<Count>(NativeLibrary.GetExport(simulation, "simulated_cuda_waits"));
        }

        // TorchSharp loads its own half of libtorch with the first tensor.
        empty(1).Dispose();
        var only = Environment.GetEnvironmentVariable("ON_A_GPU_ONLY");
        var findings = GpuCases.All.Where(found => only is null || found.Key.Contains(only, StringComparison.Ordinal)).Select(found => Find(found.Key, found.Value)).ToList();
        File.WriteAllText(file, JsonSerializer.Serialize(findings, Distribution.Mpirun.Json));
    }

    /// <summary>How often the program has waited for the simulated device.</summary>
    public static long Waits => _waits?.Invoke() ?? 0;

    private static GpuFinding Find(string name, Func<int?, double[]> run)
    {
        double[] processor = [];
        try
        {
            processor = run(null);
            return new GpuFinding(name, processor, run(0), null);
        }
        catch (Exception e)
        {
            return new GpuFinding(name, processor, [], $"{e.GetType().Name}: {e}");
        }
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate long Count();
}
