using System.Globalization;
using Microsoft.ML.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// Chooses where a network is trained or scored: on the GPU that <c>MLContext.GpuDeviceId</c> names, or on the processor when it names none. Whatever meets
/// the network then follows it there.
/// </summary>
internal static class ComputeDevice
{
    /// <param name="environment">The environment of the MLContext, looked at now: what was set since is obeyed.</param>
    /// <param name="warn">Told when the processor stands in for a GPU that is not there.</param>
    /// <exception cref="InvalidOperationException">There is no such GPU, and the context does not allow the processor in its place.</exception>
    public static Device Of(IHostEnvironment environment, Action<string> warn)
    {
        var (gpu, fallsBack) = MLNetInternals.DeviceOf(environment);
        if (gpu is not { } index)
        {
            return CPU;
        }

        var count = cuda.is_available() ? cuda.device_count() : 0;
        if (index >= 0 && index < count)
        {
            return device(DeviceType.CUDA, index);
        }

        var found = count == 0 ? "libtorch finds no GPU" : string.Create(CultureInfo.InvariantCulture, $"libtorch finds {count}, numbered from 0");
        var missing = string.Create(CultureInfo.InvariantCulture, $"MLContext.GpuDeviceId must be the number of a GPU that libtorch can use; got {index}, and {found}.");
        if (!fallsBack)
        {
            throw new InvalidOperationException($"{missing} Run on a machine with an NVIDIA GPU and its driver, refer to TorchSharp-cuda-linux or TorchSharp-cuda-windows in place of TorchSharp-cpu (in this library's repository: -p:TorchDevice=cuda), or set MLContext.FallbackToCpu to true to use the processor instead.");
        }

        warn($"{missing} The processor is used instead, as MLContext.FallbackToCpu says.");
        return CPU;
    }

    /// <summary>Where a network is.</summary>
    public static Device Of(nn.Module network) => network.parameters().FirstOrDefault()?.device ?? CPU;
}
