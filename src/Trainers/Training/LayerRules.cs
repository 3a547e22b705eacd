using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Puts layer rules to work on a network: which rule holds for which parameter, and which layers stay as they are.</summary>
internal static class LayerRules
{
    /// <summary>The trainable parameters, those of one rule together, weights before the rest.</summary>
    /// <param name="module">The network; parameters of frozen layers stop requiring gradients and are left out.</param>
    /// <param name="rules">The rules; the last that fits holds.</param>
    /// <returns>Name, parameter, the index of its rule, −1 for none, and the first epoch that trains it, 0 for the first of all.</returns>
    /// <exception cref="ArgumentException">A rule fits no parameter, or all parameters are frozen.</exception>
    public static IReadOnlyList<(string Name, Parameter Parameter, int Rule, int UntilEpoch)> Assign(nn.Module module, IReadOnlyList<LayerRule> rules)
    {
        var named = module.named_parameters().Where(pair => pair.parameter.requires_grad).ToList();
        var ruleOf = named.ToDictionary(pair => pair.name, _ => (Rule: -1, UntilEpoch: 0));
        for (var i = 0; i < rules.Count; i++)
        {
            var owner = rules[i].Frozen ? "Optimizer.Freeze" : "Optimizer.ForLayers";
            foreach (var (name, _) in new NamePattern(rules[i].Pattern).Choose(named, pair => pair.name, owner))
            {
                // Frozen for a while, a parameter follows afterwards the rule that it had before.
                ruleOf[name] = rules[i].UntilEpoch is { } epoch ? (IsFrozen(ruleOf[name].Rule) ? -1 : ruleOf[name].Rule, epoch) : (i, 0);
            }
        }

        var assigned = named.Select(pair => (pair.name, pair.parameter, Rule: ruleOf[pair.name])).ToLookup(a => IsFrozen(a.Rule.Rule));
        if (!assigned[false].Any(a => a.Rule.UntilEpoch == 0))
        {
            throw new ArgumentException(rules.Count == 0
                ? "Network: at least one parameter must be trainable; the network has none. Give it a layer with weights."
                : $"Optimizer.Freeze: at least one parameter must be trained from the first epoch on; all of {string.Join(", ", ruleOf.Keys)} are frozen. Narrow the pattern, or append ForLayers for the layers to train.");
        }

        foreach (var (_, parameter, _) in assigned[true])
        {
            parameter.requires_grad = false;
        }

        return
        [
            .. assigned[false]
                .Select(a => (a.name, a.parameter, a.Rule.Rule, a.Rule.UntilEpoch))
                .OrderBy(a => a.Rule).ThenBy(a => a.UntilEpoch).ThenBy(a => a.parameter.dim() > 1 ? 0 : 1),
        ];

        bool IsFrozen(int rule) => rule >= 0 && rules[rule].Frozen;
    }

    /// <summary>Warns of layers that stay frozen to the end of the run.</summary>
    public static void WarnOfFrozen(IReadOnlyList<LayerRule> rules, int epochs, RunLog log)
    {
        foreach (var rule in rules.Where(rule => rule.UntilEpoch > epochs))
        {
            log.Warning(FormattableString.Invariant($"Optimizer.Freeze: \"{rule.Pattern}\" stays frozen, since untilEpoch is {rule.UntilEpoch} and the run has {epochs} epochs. Lower untilEpoch, or set Epochs."));
        }
    }

    /// <summary>
    /// Puts layers whose parameters are all frozen into evaluation mode: a frozen batch norm keeps its running statistics as well.
    /// </summary>
    public static void KeepFrozenLayers(nn.Module module)
    {
        foreach (var layer in module.modules())
        {
            var own = layer.named_parameters(recurse: false).ToList();
            if (own.Count > 0 && own.TrueForAll(pair => !pair.parameter.requires_grad))
            {
                layer.eval();
            }
        }
    }
}
