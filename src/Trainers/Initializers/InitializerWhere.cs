using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>A rule for some parameters alone: the description behind <see cref="Initializer.Where"/>.</summary>
[DescriptionKind("where")]
internal sealed record InitializerWhere : Initializer
{
    private const string Owner = "Initializer.Where";

    [JsonConstructor]
    public InitializerWhere(Initializer initializer, string pattern)
    {
        Initializer = Require.NotNull(initializer, Owner, nameof(initializer), "Give the rule to narrow.");
        Pattern = Require.Text(pattern, Owner, nameof(pattern), "Give a layer name such as \"hidden*\".");
    }

    public Initializer Initializer { get; }

    public string Pattern { get; }

    protected internal override bool UsesData => Initializer.UsesData;

    public override IReadOnlyList<NetworkParameter> Covered(IReadOnlyList<NetworkParameter> parameters) =>
        Initializer.Covered(new NamePattern(Pattern).Choose(parameters, parameter => parameter.Name, Owner));

    internal override Initializer? Within(IReadOnlyList<NetworkParameter> parameters)
    {
        var pattern = new NamePattern(Pattern);
        return Initializer.Within([.. parameters.Where(parameter => pattern.Fits(parameter.Name))]) is { } inner ? new InitializerWhere(inner, Pattern) : null;
    }

    public override void Initialize(InitializationScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);

        // Named, a parameter follows this rule, even where the network has one of its own for it.
        Initializer.Initialize(scope.With([.. Covered(scope.Parameters).Select(parameter => parameter with { Start = null })]));
    }
}
