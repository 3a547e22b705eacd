using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Regularizer.ElasticNet"/>.</summary>
[DescriptionKind("elastic-net")]
internal sealed record ElasticNetRegularizer : Regularizer
{
    private const string Owner = "Regularizer.ElasticNet";

    [JsonConstructor]
    public ElasticNetRegularizer(double l1, double l2)
    {
        L1 = Require.NotNegative(l1, Owner, nameof(l1), "Usual values are 1e-6 to 1e-3.");
        L2 = Require.NotNegative(l2, Owner, nameof(l2), "Usual values are 1e-5 to 1e-2.");
        Require.That(l1 > 0 || l2 > 0, l2, Owner, nameof(l2), "be above 0 when l1 is 0", "To train without a penalty, leave it out.");
    }

    public new double L1 { get; }

    public new double L2 { get; }

    public override BoundRegularizer Bind(ParameterSet weights) => new ElasticPenalty(L1, L2, weights);
}
