using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The update of one group of parameters, with its state.</summary>
internal abstract class UpdateRule : IDisposable
{
    /// <summary>Changes the group's values by their gradients.</summary>
    /// <param name="rate">The group's learning rate.</param>
    public abstract void Apply(double rate);

    public abstract void Dispose();

    /// <summary>A tensor of zeros as long as the group, which lives until it is disposed.</summary>
    protected static Tensor State(ParameterGroup group) => zeros_like(group.Gradients).DetachFromDisposeScope();
}
