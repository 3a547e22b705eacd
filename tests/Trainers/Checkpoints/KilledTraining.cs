using System.Security.Cryptography;

namespace MLNet.GradStability.Tests;

/// <summary>The training of <see cref="KilledProcessTests"/>, which another process may run: this assembly is a program too.</summary>
internal static class KilledTraining
{
    public const int Steps = 60;
    public const string Argument = "train-with-checkpoints-in";

    // 63 of the 70 rows train: 8 batches, two a step.
    private const int StepsPerEpoch = 4;

    private static readonly CheckpointedFit Fit = new()
    {
        Options = new CheckpointedFit().Options with { Epochs = Steps / StepsPerEpoch, ValidationFraction = 0.1, EarlyStopping = new(patience: 1000) },
    };

    /// <summary>The test host does not come here.</summary>
    public static int Main(string[] arguments)
    {
        if (arguments is [Sweeps.KilledSweep.Argument, var journal])
        {
            Sweeps.KilledSweep.Print(journal);
            return 0;
        }

        if (arguments is [Distribution.RankProgram.Argument, var job, var outputs, .. var rest])
        {
            Distribution.RankProgram.Run(job, outputs, rest);
            return 0;
        }

        if (arguments is [Devices.GpuProgram.Argument, var findings])
        {
            Devices.GpuProgram.Run(findings);
            return 0;
        }

        if (arguments is not [Argument, var folder])
        {
            return 1;
        }

        Console.WriteLine(Run(new Checkpointing(folder) { EverySteps = 1, Keep = 2 }, step => Console.WriteLine($"step {step}")));
        return 0;
    }

    /// <summary>The hash of the weights it ends with.</summary>
    public static string Run(Checkpointing? checkpoints = null, Action<long>? atStep = null)
    {
        var (weights, result) = Fit.Run(checkpoints, atStep: atStep);
        return FormattableString.Invariant(
            $"{Convert.ToHexString(SHA256.HashData([.. weights.SelectMany(BitConverter.GetBytes)]))} after {result.Steps} steps, {result.Epochs.Count} epochs, {result.FinalValidation}");
    }
}
