namespace MLNet.GradStability;

/// <summary>A rule for each group of parameters, and decoupled weight decay in front of it: w ← w·(1 − rate·decay).</summary>
/// <param name="parameters">The parameters.</param>
/// <param name="create">Makes the rule of a group.</param>
/// <param name="weightDecay">The optimiser's own decay, where a layer rule does not say otherwise.</param>
internal sealed class GroupedOptimizer(FlatParameters parameters, Func<ParameterGroup, UpdateRule> create, double weightDecay = 0) : BoundOptimizer
{
    private readonly (ParameterGroup Group, UpdateRule Rule)[] _rules = [.. parameters.Groups.Select(group => (group, create(group)))];

    public override bool Step(double rate, StepGradients gradients)
    {
        gradients.Transform();
        foreach (var (group, rule) in _rules.Where(pair => pair.Group.IsTrained))
        {
            var groupRate = rate * group.RateScale;
            var decay = group.WeightDecay ?? weightDecay;
            if (decay > 0)
            {
                // Outside the rule, so that weights and biases can share one flat parameter.
                group.Weights.mul_(1 - (groupRate * decay));
            }

            rule.Apply(groupRate);
        }

        return true;
    }

    public override void Exchange(RunState state)
    {
        for (var i = 0; i < _rules.Length; i++)
        {
            _rules[i].Rule.Exchange(state.Under($"{i}"));
        }
    }

    public override void Dispose() => Array.ForEach(_rules, pair => pair.Rule.Dispose());
}
