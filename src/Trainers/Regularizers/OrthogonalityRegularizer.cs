using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Regularizer.Orthogonality"/>.</summary>
[DescriptionKind("orthogonality")]
internal sealed record OrthogonalityRegularizer : Regularizer
{
    [JsonConstructor]
    public OrthogonalityRegularizer(double lambda) =>
        Lambda = Require.Positive(lambda, "Regularizer.Orthogonality", nameof(lambda), "To train without a penalty, leave it out.");

    public double Lambda { get; }

    public override BoundRegularizer Bind(ParameterSet weights) => new Bound(Lambda, weights);

    private sealed class Bound(double lambda, ParameterSet weights) : BoundRegularizer
    {
        public override Tensor AddGradient()
        {
            var value = Zero(weights);
            foreach (var segment in weights.Segments)
            {
                using var scope = NewDisposeScope();
                var matrix = segment.Value.flatten(1);
                var gradient = segment.Gradient.view(matrix.shape);
                var isWide = matrix.shape[0] <= matrix.shape[1];
                var gram = isWide ? matrix.mm(matrix.t()) : matrix.t().mm(matrix);
                gram.sub_(eye(gram.shape[0], dtype: gram.dtype, device: gram.device));
                gradient.add_(isWide ? gram.mm(matrix) : matrix.mm(gram), alpha: 4 * lambda);
                value.add_(gram.square().sum(), alpha: lambda);
            }

            return value;
        }
    }
}
