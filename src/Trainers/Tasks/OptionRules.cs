using System.Globalization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The rules across options. Each option checks its own range where it is set; what contradicts another is gathered here and thrown once, when Fit starts.</summary>
internal static class OptionRules
{
    // The length of run at which schedules are looked at, and the share of its middle rate that counts as nothing.
    private const long LongRun = 10_000;
    private const double SmallShare = 0.01;

    /// <summary>Throws when options contradict one another or the task.</summary>
    /// <exception cref="ArgumentException">At least one rule is broken; the message names all of them.</exception>
    public static void Check(NeuralNetworkOptions options, LabelRule label)
    {
        Throw([.. ColumnFaults(options), .. TaskFaults(options, label), .. LossRules.Faults(options, label), .. ValidationFaults(options), .. NetworkFaults(options), .. EpochFaults(options), .. WeightFaults(options)]);
    }

    /// <summary>Throws when name patterns fit no parameter of the network.</summary>
    /// <exception cref="ArgumentException">At least one pattern fits none; the message names all of them.</exception>
    public static void CheckPatterns(NeuralNetworkOptions options, nn.Module network)
    {
        var names = network.named_parameters().Select(named => (named.name, IsWeight: named.parameter.dim() > 1)).ToList();
        Throw([.. OptionPatterns.In(options).Select(used =>
        {
            var candidates = names.Where(named => named.IsWeight || !used.WeightsOnly).Select(named => named.name).ToList();
            var pattern = new NamePattern(used.Pattern);
            return candidates.Exists(pattern.Fits) ? null : pattern.FitsNone(candidates, used.Owner);
        }).OfType<string>()]);
    }

    /// <summary>Combinations that are allowed and rarely meant.</summary>
    public static IEnumerable<string> Advice(NeuralNetworkOptions options)
    {
        if (Decays(options.Optimizer) && Penalties(options.Regularizer).Any(penalty => penalty.Shrinks))
        {
            yield return "The optimiser's weightDecay and the L2 penalty both shrink the weights. One is enough: set weightDecay to 0, or leave the penalty out.";
        }

        if (options.Network is MlpNetwork { WeightNormalization: not null } && Limits(options.Constraint).Any(limit => limit.Constraint is MaxNormConstraint or UnitNormConstraint))
        {
            yield return "Network.Mlp's weightNormalization takes the length out of each weight, so that a constraint on its norm does nothing for the hidden layers. Leave one out.";
        }

        if (options.Averaging is SwaAveraging && options.Optimizer.Rate.RateAt(LongRun - 1, LongRun) < SmallShare * options.Optimizer.Rate.RateAt(LongRun / 2, LongRun))
        {
            yield return "WeightAveraging.Swa averages over weights that a rate still moves; this schedule falls to about 0 at the end. Use Schedule.Constant, or WeightAveraging.Ema.";
        }
    }

    private static IEnumerable<string> ColumnFaults(NeuralNetworkOptions options)
    {
        IEnumerable<(string Option, string? Column)> roles =
        [
            (nameof(options.LabelColumnName), options.LabelColumnName),
            .. InputLayout.NamesIn(options),
            (nameof(options.ExampleWeightColumnName), options.ExampleWeightColumnName),
        ];
        return roles.Where(role => role.Column is not null).GroupBy(role => role.Column).Where(group => group.Count() > 1).Select(group =>
            $"NeuralNetworkOptions: {string.Join(" and ", group.Select(role => role.Option))} must name different columns; both are \"{group.Key}\". Correct one of them.");
    }

    private static IEnumerable<string> TaskFaults(NeuralNetworkOptions options, LabelRule label)
    {
        if (options.LabelSmoothing > 0 && !label.HasClasses)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"NeuralNetworkOptions: LabelSmoothing must be 0 in regression, which has no classes to spread a target over; got {options.LabelSmoothing}. Leave it out, or use a classification trainer.");
        }
    }

    private static IEnumerable<string> ValidationFaults(NeuralNetworkOptions options)
    {
        if (options is { ValidationFraction: > 0, ValidationData: not null })
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"NeuralNetworkOptions: ValidationFraction must be 0 when validation rows are given; got {options.ValidationFraction}. Leave one of the two out.");
        }

        if (options is { ValidationFraction: 0, ValidationData: null })
        {
            var judges = new[] { (Name: nameof(EarlyStopping), options.EarlyStopping?.Monitor) }
                .Concat(options.Callbacks.OfType<PlateauCallback>().Select(plateau => (plateau.Name, (Monitored?)plateau.Monitor)));
            foreach (var (name, monitor) in judges.Where(judge => judge.Item2?.NeedsValidation() == true))
            {
                yield return $"{name}: monitor must be a number of the training, as there are no validation rows; got {monitor}. Set ValidationFraction to 0.1 or so, give validation data to Fit, or monitor {nameof(Monitored)}.{nameof(Monitored.TrainingLoss)}.";
            }
        }
    }

    private static IEnumerable<string> NetworkFaults(NeuralNetworkOptions options)
    {
        if (options.Initializer is FixupInitializer && options.Network is MlpNetwork { Residual: false })
        {
            yield return "Initializer.Fixup must go with a residual network; Network.Mlp has residual: false. Set it to true, or use another initialiser such as Initializer.Lsuv().";
        }

        if (options.Network is TabularTransformerNetwork && options.CategoricalEmbedding != new CategoricalEmbedding())
        {
            yield return "CategoricalEmbedding must be left at its default beside Network.TabularTransformer, whose keys have vectors of its width. Leave it out, or use another network.";
        }

        if (options.Network is CustomNetwork { KeepsFirstWeights: true } custom && options.Initializer is not (InitializerWhere or InitializerChain) && options.Initializer != new NeuralNetworkOptions().Initializer)
        {
            yield return $"Initializer must be left at its default beside {custom.Title}, which keeps the first weights that its module makes. Give the network an activation to have all weights started by the initialiser, or name the layers that it is for with Where.";
        }
    }

    private static IEnumerable<string> EpochFaults(NeuralNetworkOptions options) =>
        options.Optimizer.LayerRules.Where(rule => rule.UntilEpoch > options.Epochs).Select(rule => string.Create(
            CultureInfo.InvariantCulture,
            $"Optimizer.Freeze: untilEpoch must be at most Epochs, or the layers are never trained; got {rule.UntilEpoch} for \"{rule.Pattern}\" and {options.Epochs} epochs. Lower it, or leave it out to keep the layers as they are."));

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

    private static void Throw(IReadOnlyList<string> faults)
    {
        if (faults.Count == 1)
        {
            throw new ArgumentException(faults[0]);
        }

        if (faults.Count > 1)
        {
            var lines = faults.Select((fault, i) => string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}{i + 1}. {fault}"));
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"NeuralNetworkOptions: {faults.Count} rules across the options are broken.{string.Concat(lines)}"));
        }
    }

    private static bool Decays(Optimizer optimizer) =>
        optimizer is AdamWOptimizer { WeightDecay: null or > 0 } or LionOptimizer { WeightDecay: > 0 }
        || (optimizer is SamOptimizer sam && Decays(sam.Inner))
        || optimizer.LayerRules.Any(rule => rule.WeightDecay > 0);

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
