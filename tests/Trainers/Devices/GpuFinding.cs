namespace MLNet.GradStability.Tests.Devices;

/// <summary>What came of one case on the processor and on a GPU.</summary>
/// <param name="Name">The case.</param>
/// <param name="Processor">The numbers that it gives there.</param>
/// <param name="Gpu">Those on the GPU.</param>
/// <param name="Error">What went wrong; null when nothing did.</param>
internal sealed record GpuFinding(string Name, double[] Processor, double[] Gpu, string? Error);
