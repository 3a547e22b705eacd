namespace MLNet.GradStability;

/// <summary>A name pattern somewhere in the options.</summary>
/// <param name="Owner">The call that took it.</param>
/// <param name="Pattern">The pattern.</param>
/// <param name="WeightsOnly">Whether it chooses among weights alone.</param>
internal readonly record struct OptionPattern(string Owner, string Pattern, bool WeightsOnly);

/// <summary>Finds the name patterns of all descriptions in the options. Those inside a description of a user's own check themselves when they are bound.</summary>
internal static class OptionPatterns
{
    public static IEnumerable<OptionPattern> In(NeuralNetworkOptions options) =>
    [
        .. In(options.Initializer),
        .. In(options.Gradients),
        .. In(options.Regularizer),
        .. In(options.Constraint),
        .. options.Optimizer.LayerRules.Select(rule => new OptionPattern(rule.Frozen ? "Optimizer.Freeze" : "Optimizer.ForLayers", rule.Pattern, WeightsOnly: false)),
    ];

    private static IEnumerable<OptionPattern> In(Initializer? initializer) => initializer switch
    {
        InitializerChain chain => chain.Rules.SelectMany(In),
        InitializerWhere where => [new("Initializer.Where", where.Pattern, WeightsOnly: false), .. In(where.Initializer)],
        _ => [],
    };

    private static IEnumerable<OptionPattern> In(GradientTransform? transform) => transform switch
    {
        GradientChain chain => chain.Steps.SelectMany(In),
        GradientWhere where => [new("GradientTransform.Where", where.Pattern, WeightsOnly: false), .. In(where.Transform)],
        _ => [],
    };

    private static IEnumerable<OptionPattern> In(Regularizer? regularizer) => regularizer switch
    {
        RegularizerSum sum => sum.Terms.SelectMany(In),
        RegularizerWhere where => [new("Regularizer.Where", where.Pattern, WeightsOnly: true), .. In(where.Regularizer)],
        _ => [],
    };

    private static IEnumerable<OptionPattern> In(Constraint? constraint) => constraint switch
    {
        ConstraintChain chain => chain.Steps.SelectMany(In),
        ConstraintWhere where => [new("Constraint.Where", where.Pattern, WeightsOnly: true), .. In(where.Constraint)],
        _ => [],
    };
}
