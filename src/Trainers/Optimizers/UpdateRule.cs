using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The update of one group of parameters, with its state.</summary>
/// <param name="group">The group.</param>
internal abstract class UpdateRule(ParameterGroup group) : IDisposable
{
    private readonly List<(string Name, Tensor Value)> _state = [];

    /// <summary>w, flat: what a step changes.</summary>
    protected Tensor Values { get; } = group.Values;

    /// <summary>g, flat.</summary>
    protected Tensor Gradients { get; } = group.Gradients;

    /// <summary>Changes the group's values by their gradients.</summary>
    /// <param name="rate">The group's learning rate.</param>
    public abstract void Apply(double rate);

    /// <summary>Hands over what the rule remembers: its tensors, and in rules that have more, that too.</summary>
    public virtual void Exchange(RunState state) => _state.ForEach(tensor => state.Exchange(tensor.Name, tensor.Value));

    public virtual void Dispose() => _state.ForEach(tensor => tensor.Value.Dispose());

    /// <summary>A tensor as long as the group that the rule remembers from step to step.</summary>
    protected Tensor State(string name, double start = 0)
    {
        var tensor = full_like(Gradients, start).DetachFromDisposeScope();
        _state.Add((name, tensor));
        return tensor;
    }
}
