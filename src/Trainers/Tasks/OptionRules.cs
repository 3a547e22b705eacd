using System.Globalization;

namespace MLNet.GradStability;

/// <summary>The rules across options. Each option checks its own range where it is set; what contradicts another is gathered here and thrown once, when Fit starts.</summary>
internal static class OptionRules
{
    /// <summary>Throws when options contradict one another or the task.</summary>
    /// <exception cref="ArgumentException">At least one rule is broken; the message names all of them.</exception>
    public static void Check(NeuralNetworkOptions options, LabelRule label)
    {
        var faults = Faults(options, label).ToList();
        if (faults.Count > 0)
        {
            var lines = faults.Select((fault, i) => string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}{i + 1}. {fault}"));
            throw new ArgumentException($"NeuralNetworkOptions: the options must not contradict one another or the task; {Count(faults.Count)}.{string.Concat(lines)}");
        }
    }

    /// <summary>Combinations that are allowed and rarely meant.</summary>
    public static IEnumerable<string> Advice(NeuralNetworkOptions options)
    {
        if (options.Optimizer is AdamWOptimizer { WeightDecay: > 0 and var decay } && Penalties(options.Regularizer).Any(penalty => penalty.Shrinks))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Optimizer.AdamW's weightDecay {decay} and the L2 penalty both shrink the weights. One is enough: set weightDecay to 0, or leave the penalty out.");
        }
    }

    private static IEnumerable<string> Faults(NeuralNetworkOptions options, LabelRule label) =>
        [.. ColumnFaults(options), .. TaskFaults(options, label), .. WeightFaults(options)];

    private static IEnumerable<string> ColumnFaults(NeuralNetworkOptions options)
    {
        (string Option, string? Column)[] roles =
        [
            (nameof(options.LabelColumnName), options.LabelColumnName),
            (nameof(options.FeatureColumnName), options.FeatureColumnName),
            (nameof(options.ExampleWeightColumnName), options.ExampleWeightColumnName),
        ];
        return roles.Where(role => role.Column is not null).GroupBy(role => role.Column).Where(group => group.Count() > 1).Select(group =>
            $"{string.Join(" and ", group.Select(role => role.Option))} must name different columns; both are \"{group.Key}\". Correct one of them.");
    }

    private static IEnumerable<string> TaskFaults(NeuralNetworkOptions options, LabelRule label)
    {
        if (options.LabelSmoothing > 0 && !label.HasClasses)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"LabelSmoothing must be 0 in regression, which has no classes to spread a target over; got {options.LabelSmoothing}. Leave it out, or use a classification trainer.");
        }
    }

    private static IEnumerable<string> WeightFaults(NeuralNetworkOptions options)
    {
        var limits = Limits(options.Constraint).ToList();
        foreach (var (unit, scope) in limits.Where(limit => limit.Constraint is UnitNormConstraint))
        {
            if (Penalties(options.Regularizer).Any(penalty => penalty.Shrinks && (scope is null || scope == penalty.Scope)))
            {
                yield return "Regularizer.L2 and Constraint.UnitNorm must not act on the same weights: the penalty shortens what the constraint stretches back after each step. Leave one out, or narrow both with Where.";
            }

            foreach (var (other, _) in limits.Where(limit => limit.Scope == scope))
            {
                if (other is MaxNormConstraint { MaxNorm: < 1 and var most })
                {
                    yield return string.Create(
                        CultureInfo.InvariantCulture,
                        $"Constraint.MaxNorm must be 1 or greater beside Constraint.UnitNorm on the same weights; got {most}. Leave one out, or narrow both with Where.");
                }
            }
        }
    }

    private static string Count(int faults) => faults == 1 ? "1 rule is broken" : string.Create(CultureInfo.InvariantCulture, $"{faults} rules are broken");

    private static IEnumerable<(bool Shrinks, string? Scope)> Penalties(Regularizer? regularizer, string? scope = null) => regularizer switch
    {
        RegularizerSum sum => sum.Terms.SelectMany(term => Penalties(term, scope)),
        RegularizerWhere where => Penalties(where.Regularizer, where.Pattern),
        L2Regularizer or ElasticNetRegularizer { L2: > 0 } => [(true, scope)],
        null => [],
        _ => [(false, scope)],
    };

    private static IEnumerable<(Constraint Constraint, string? Scope)> Limits(Constraint? constraint, string? scope = null) => constraint switch
    {
        ConstraintChain chain => chain.Steps.SelectMany(step => Limits(step, scope)),
        ConstraintWhere where => Limits(where.Constraint, where.Pattern),
        null => [],
        _ => [(constraint, scope)],
    };
}
