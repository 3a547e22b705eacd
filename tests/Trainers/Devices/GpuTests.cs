namespace MLNet.GradStability.Tests.Devices;

/// <summary>Everything that is trained on the processor is trained on a GPU too, to the same numbers.</summary>
/// <param name="runs">What was found.</param>
public sealed class GpuTests(GpuRuns runs) : IClassFixture<GpuRuns>
{
    // The simulated device has the processor's kernels; a real one adds up in another order, and what comes of it grows from step to step.
    private static double Tolerance => File.Exists(GpuProgram.SimulationFile) ? 1e-4 : 1e-3;

    public static TheoryData<string> Cases => [.. GpuCases.All.Keys];

    [GpuTheory]
    [MemberData(nameof(Cases))]
    public void A_GPU_gives_the_numbers_of_the_processor(string name)
    {
        var found = runs[name];

        Assert.Null(found.Error);
        Assert.NotEmpty(found.Processor);
        Support.AssertClose(found.Processor, found.Gpu, Tolerance);
    }
}
