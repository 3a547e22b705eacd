using System.Reflection;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The machine and the software that a network was trained on. The same data, options and seed repeat a training bit for bit in the same environment.</summary>
/// <param name="Library">Version of MLNet.GradStability.</param>
/// <param name="MLNet">Version of Microsoft.ML's assembly.</param>
/// <param name="TorchSharp">Version of TorchSharp's assembly.</param>
/// <param name="Runtime">The .NET runtime, such as <c>.NET 10.0.0</c>.</param>
/// <param name="System">The operating system.</param>
/// <param name="Architecture">The processor's architecture, such as X64.</param>
/// <param name="Processors">Processors that the process may use.</param>
/// <param name="Threads">Threads that libtorch computes with.</param>
public sealed record TrainingEnvironment(
    string Library, string MLNet, string TorchSharp, string Runtime, string System, string Architecture, int Processors, int Threads)
{
    /// <summary>Where the network was trained: <c>cpu</c>, or a GPU such as <c>cuda:0</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The environment of this process.</summary>
    internal static TrainingEnvironment Here() => new(
        VersionOf(typeof(TrainingEnvironment)),
        VersionOf(typeof(Microsoft.ML.MLContext)),
        VersionOf(typeof(Tensor)),
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        $"{RuntimeInformation.ProcessArchitecture}",
        Environment.ProcessorCount,
        get_num_threads());

    // The part behind a plus is the commit that the assembly was built from.
    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? $"{type.Assembly.GetName().Version}";
}
