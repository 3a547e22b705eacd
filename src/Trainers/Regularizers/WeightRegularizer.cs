using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// A penalty that looks at every weight by itself and leaves its gradient to autograd. Derive from it for a rule of your own: write
/// <see cref="Penalty"/> from differentiable operations, and mark the record with <see cref="DescriptionKindAttribute"/> to save it in models.
/// </summary>
public abstract record WeightRegularizer : Regularizer
{
    /// <inheritdoc/>
    public sealed override BoundRegularizer Bind(ParameterSet weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new Bound(this, weights);
    }

    /// <summary>The penalty of one weight.</summary>
    /// <param name="weight">The weight, of two dimensions or more; it must not be changed.</param>
    /// <returns>A tensor of one number, made of <paramref name="weight"/> by differentiable operations.</returns>
    protected abstract Tensor Penalty(Tensor weight);

    private sealed class Bound(WeightRegularizer description, ParameterSet weights) : BoundRegularizer
    {
        public override Tensor AddGradient()
        {
            var value = Zero(weights);
            foreach (var segment in weights.Segments)
            {
                using var scope = NewDisposeScope();
                var weight = segment.Value.detach().requires_grad_(true);
                var penalty = Evaluate(weight, segment.Name);
                value.add_(penalty.detach());

                // A penalty of this weight that is constant has no gradient to ask for.
                if (penalty.requires_grad)
                {
                    segment.Gradient.add_(autograd.grad([penalty], [weight])[0]);
                }
            }

            return value;
        }

        private Tensor Evaluate(Tensor weight, string name)
        {
            using var _ = enable_grad();
            var penalty = description.Penalty(weight);
            return penalty.numel() == 1
                ? penalty.reshape(1)
                : throw new InvalidOperationException(FormattableString.Invariant(
                    $"{description.GetType().Name}: Penalty must return one number; got [{string.Join(", ", penalty.shape)}] for {name}. End it with .sum() or .mean()."));
        }
    }
}
