using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>A <see cref="Regularizer"/> at work in one fit.</summary>
public abstract class BoundRegularizer
{
    /// <summary>
    /// Adds the penalty's gradient to the gradients of the weights, in place, under <c>no_grad</c>, and returns the penalty's value.
    /// It is called once per update, after the backward pass.
    /// </summary>
    /// <returns>The value as a tensor of one number, without gradient; the caller disposes it.</returns>
    public abstract Tensor AddGradient();

    // A network whose weights are all frozen has none to penalise.
    private protected static Tensor Zero(ParameterSet weights) => zeros(1, dtype: weights.Values.Count > 0 ? weights.Values[0].dtype : ScalarType.Float32, device: weights.Device);
}
