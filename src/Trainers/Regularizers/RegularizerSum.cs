using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Several penalties added up: the description behind <see cref="Regularizer.And"/>.</summary>
[DescriptionKind("sum")]
internal sealed record RegularizerSum : Regularizer
{
    private const string Owner = "Regularizer.And";

    [JsonConstructor]
    public RegularizerSum(IReadOnlyList<Regularizer> terms)
    {
        Require.NotNull(terms, Owner, nameof(terms), "Give the penalties to add.");
        Require.That(terms.Count > 0, terms.Count, Owner, "the number of terms", "be 1 or greater", "To train without a penalty, leave it out.");
        foreach (var term in terms)
        {
            Require.NotNull(term, Owner, "other", "Give the penalty to add.");
        }

        Terms = new EquatableList<Regularizer>(terms.SelectMany(term => term is RegularizerSum sum ? sum.Terms : [term]));
    }

    public IReadOnlyList<Regularizer> Terms { get; }

    public override BoundRegularizer Bind(ParameterSet weights) => new Bound([.. Terms.Select(term => term.Bind(weights))]);

    private sealed class Bound(BoundRegularizer[] terms) : BoundRegularizer
    {
        public override Tensor AddGradient()
        {
            var value = terms[0].AddGradient();
            foreach (var term in terms.AsSpan(1))
            {
                using var more = term.AddGradient();
                value.add_(more);
            }

            return value;
        }
    }
}
