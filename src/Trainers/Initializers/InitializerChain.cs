using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>
/// Several rules, each for what those before it leave: the description behind <see cref="Initializer.Then"/>. Rules that measure the network on
/// data run after the others, so that every weight is in place when they look.
/// </summary>
[DescriptionKind("chain")]
internal sealed record InitializerChain : Initializer
{
    [JsonConstructor]
    public InitializerChain(IReadOnlyList<Initializer> rules)
    {
        foreach (var rule in Require.NotNull(rules, "Initializer.Then", nameof(rules), "Give the rules."))
        {
            Require.NotNull(rule, "Initializer.Then", "next", "Give the rule for what this one leaves.");
        }

        Rules = new EquatableList<Initializer>(rules.SelectMany(rule => rule is InitializerChain chain ? chain.Rules : [rule]));
    }

    public IReadOnlyList<Initializer> Rules { get; }

    protected internal override bool UsesData => Rules.Any(rule => rule.UsesData);

    public override IReadOnlyList<NetworkParameter> Covered(IReadOnlyList<NetworkParameter> parameters)
    {
        var covered = Assign(parameters).SelectMany(part => part.Parameters).Select(parameter => parameter.Name).ToHashSet();
        return [.. parameters.Where(parameter => covered.Contains(parameter.Name))];
    }

    public override void Initialize(InitializationScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        foreach (var (rule, parameters) in Assign(scope.Parameters).OrderBy(part => part.Rule.UsesData))
        {
            rule.Initialize(scope.With(parameters));
        }
    }

    internal override Initializer? Within(IReadOnlyList<NetworkParameter> parameters)
    {
        var rules = new List<Initializer>();
        foreach (var rule in Rules)
        {
            if (rule.Within(parameters) is { } left)
            {
                rules.Add(left);
                parameters = Without(parameters, left.Covered(parameters));
            }
        }

        return rules.Count > 0 ? new InitializerChain(rules) : null;
    }

    internal static IReadOnlyList<NetworkParameter> Without(IReadOnlyList<NetworkParameter> parameters, IReadOnlyList<NetworkParameter> taken)
    {
        var names = taken.Select(parameter => parameter.Name).ToHashSet();
        return [.. parameters.Where(parameter => !names.Contains(parameter.Name))];
    }

    private List<(Initializer Rule, IReadOnlyList<NetworkParameter> Parameters)> Assign(IReadOnlyList<NetworkParameter> parameters)
    {
        var parts = new List<(Initializer, IReadOnlyList<NetworkParameter>)>();
        foreach (var rule in Rules)
        {
            var mine = parameters.Count > 0 ? rule.Covered(parameters) : [];
            if (mine.Count == 0)
            {
                throw new ArgumentException(
                    $"Initializer.Then: every rule must have a parameter to fill; rule {parts.Count + 1} of {Rules.Count} has none, since earlier rules fill all that it could. Narrow those with Where, or leave it out.");
            }

            parts.Add((rule, mine));
            parameters = Without(parameters, mine);
        }

        return parts;
    }
}
