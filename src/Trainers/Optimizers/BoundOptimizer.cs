using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>An <see cref="Optimizer"/> at work in one fit: torch's own rule over the flat parameters, and decoupled decay before it.</summary>
internal sealed class BoundOptimizer(optim.Optimizer rule, FlatParameters parameters, double weightDecay = 0) : IDisposable
{
    public void Step(double rate)
    {
        if (weightDecay > 0)
        {
            foreach (var weights in parameters.Weights.Values)
            {
                weights.mul_(1 - (rate * weightDecay));
            }
        }

        foreach (var group in rule.ParamGroups)
        {
            group.LearningRate = rate;
        }

        rule.step();
    }

    public void Dispose() => rule.Dispose();
}
