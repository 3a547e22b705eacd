using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Regularizer.L2"/>.</summary>
[DescriptionKind("l2")]
internal sealed record L2Regularizer : Regularizer
{
    [JsonConstructor]
    public L2Regularizer(double lambda) =>
        Lambda = Require.Positive(lambda, "Regularizer.L2", nameof(lambda), "To train without a penalty, leave it out.");

    public double Lambda { get; }

    public override BoundRegularizer Bind(ParameterSet weights) => new Bound(Lambda, weights);

    private sealed class Bound(double lambda, ParameterSet weights) : BoundRegularizer
    {
        public override Tensor AddGradient()
        {
            var value = zeros(1);
            for (var i = 0; i < weights.Values.Count; i++)
            {
                weights.Gradients[i].add_(weights.Values[i], alpha: 2 * lambda);
                value.add_(weights.Values[i].square().sum(), alpha: lambda);
            }

            return value;
        }
    }
}
