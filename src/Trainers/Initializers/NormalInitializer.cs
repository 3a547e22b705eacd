using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Initializer.Normal"/>.</summary>
[DescriptionKind("normal")]
internal sealed record NormalInitializer : WeightInitializer
{
    [JsonConstructor]
    public NormalInitializer(double std, double mean)
    {
        Std = Require.Positive(std, "Initializer.Normal", nameof(std), "0.01 to 0.1 is usual; for one number everywhere take Initializer.Constant.");
        Mean = Require.Finite(mean, "Initializer.Normal", nameof(mean), "Leave it at 0.");
    }

    public double Std { get; }

    public double Mean { get; }

    protected override void Fill(NetworkParameter weight, Generator random) => weight.Value.normal_(Mean, Std, random);
}
