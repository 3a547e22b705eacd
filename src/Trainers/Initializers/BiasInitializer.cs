using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Initializer.Bias"/>.</summary>
[DescriptionKind("bias")]
internal sealed record BiasInitializer : Initializer
{
    [JsonConstructor]
    public BiasInitializer(double value) =>
        Value = Require.Finite(value, "Initializer.Bias", nameof(value), "Give a number such as 0.1; biases start at 0 without it.");

    public double Value { get; }

    public override IReadOnlyList<NetworkParameter> Covered(IReadOnlyList<NetworkParameter> parameters) =>
        [.. parameters.Where(parameter => parameter.IsBias)];

    public override void Initialize(InitializationScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        foreach (var bias in Covered(scope.Parameters))
        {
            if (bias.Start is { } start)
            {
                start(bias.Value, scope.Random);
            }
            else
            {
                bias.Value.fill_(Value);
            }
        }
    }
}
