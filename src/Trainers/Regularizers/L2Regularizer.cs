using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Regularizer.L2"/>.</summary>
[DescriptionKind("l2")]
internal sealed record L2Regularizer : Regularizer
{
    [JsonConstructor]
    public L2Regularizer(double lambda) =>
        Lambda = Require.Positive(lambda, "Regularizer.L2", nameof(lambda), "To train without a penalty, leave it out.");

    public double Lambda { get; }

    public override BoundRegularizer Bind(ParameterSet weights) => new ElasticPenalty(0, Lambda, weights);
}
