using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>Describes a penalty on the weights that is added to the loss. Biases and normalisation parameters are left out.</summary>
public abstract record Regularizer
{
    /// <summary>λ·Σw², with gradient 2λw.</summary>
    /// <param name="lambda">λ; finite and greater than 0. Usual values are 1e-5 to 1e-2.</param>
    /// <remarks>PyTorch's <c>weight_decay=d</c> of plain SGD equals λ = d/2.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">λ is not finite or not greater than 0.</exception>
    public static Regularizer L2(double lambda) => new L2Regularizer(lambda);

    /// <summary>Makes the penalty's state for one fit.</summary>
    /// <param name="weights">The weights that the penalty acts on.</param>
    public abstract BoundRegularizer Bind(ParameterSet weights);
}
