namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Initializer.Fixup"/>.</summary>
[DescriptionKind("fixup")]
internal sealed record FixupInitializer : Initializer
{
    public override void Initialize(InitializationScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var branches = BranchesOf(scope);
        ByActivation().Initialize(scope);
        foreach (var weight in scope.Parameters.Where(parameter => parameter is { IsWeight: true, Start: null }))
        {
            var branch = branches.FirstOrDefault(layers => layers.Contains(weight.Layer));
            if (weight.Layer == Network.OutputLayer || weight.Layer == branch?[^1])
            {
                weight.Value.zero_();
            }
            else if (branch is not null)
            {
                weight.Value.mul_(Math.Pow(branches.Count, -1.0 / ((2 * branch.Count) - 2)));
            }
        }
    }

    private static IReadOnlyList<IReadOnlyList<string>> BranchesOf(InitializationScope scope)
    {
        if (scope.Network.modules().Any(module => module is SpectralNormalizedLinear))
        {
            throw new ArgumentException("Initializer.Fixup: the network must not be spectrally normalised, which undoes the scale of every weight; it is. Leave out one of the two.");
        }

        return scope.Network is IResidualNetwork { Branches: { Count: > 0 } branches }
            ? branches
            : throw new ArgumentException("Initializer.Fixup: the network must have residual branches; it has none. Use Network.Mlp(…, residual: true), or another initialiser such as Initializer.Lsuv().");
    }
}
