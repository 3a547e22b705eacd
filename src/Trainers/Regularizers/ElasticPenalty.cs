using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>λ₁·Σ|w| + λ₂·Σw² at work over flat tensors: what <see cref="Regularizer.L1"/>, <see cref="Regularizer.L2"/> and <see cref="Regularizer.ElasticNet"/> share.</summary>
internal sealed class ElasticPenalty(double l1, double l2, ParameterSet weights) : BoundRegularizer
{
    public override Tensor AddGradient()
    {
        var value = Zero(weights);
        for (var i = 0; i < weights.Values.Count; i++)
        {
            using var scope = NewDisposeScope();
            var (values, gradients) = (weights.Values[i], weights.Gradients[i]);
            if (l1 > 0)
            {
                gradients.add_(values.sign(), alpha: l1);
                value.add_(values.abs().sum(), alpha: l1);
            }

            if (l2 > 0)
            {
                gradients.add_(values, alpha: 2 * l2);
                value.add_(values.square().sum(), alpha: l2);
            }
        }

        return value;
    }
}
