using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Initializer.Constant"/>.</summary>
[DescriptionKind("constant")]
internal sealed record ConstantInitializer : WeightInitializer
{
    [JsonConstructor]
    public ConstantInitializer(double value) =>
        Value = Require.Finite(value, "Initializer.Constant", nameof(value), "Give a number such as 0.");

    public double Value { get; }

    protected override void Fill(NetworkParameter weight, Generator random) => weight.Value.fill_(Value);
}
