using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>One of torch's own rules over the group's one flat parameter.</summary>
/// <param name="group">The group.</param>
/// <param name="create">Makes the torch optimiser of a parameter.</param>
internal sealed class TorchRule(ParameterGroup group, Func<Parameter[], optim.Optimizer> create) : UpdateRule
{
    /// <summary>The rate that torch's optimisers are made with; each step sets its own.</summary>
    public const double AnyRate = 1;

    private readonly optim.Optimizer _rule = create([group.Values]);

    public override void Apply(double rate)
    {
        foreach (var part in _rule.ParamGroups)
        {
            part.LearningRate = rate;
        }

        _rule.step();
    }

    public override void Dispose() => _rule.Dispose();
}
