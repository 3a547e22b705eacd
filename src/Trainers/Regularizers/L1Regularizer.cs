using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Regularizer.L1"/>.</summary>
[DescriptionKind("l1")]
internal sealed record L1Regularizer : Regularizer
{
    [JsonConstructor]
    public L1Regularizer(double lambda) =>
        Lambda = Require.Positive(lambda, "Regularizer.L1", nameof(lambda), "To train without a penalty, leave it out.");

    public double Lambda { get; }

    public override BoundRegularizer Bind(ParameterSet weights) => new ElasticPenalty(Lambda, 0, weights);
}
