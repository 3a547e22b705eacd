namespace MLNet.GradStability;

/// <summary>A module with residual branches, as <see cref="Initializer.Fixup"/> needs to know them.</summary>
internal interface IResidualNetwork
{
    /// <summary>For each branch, the names of its weight layers in order.</summary>
    IReadOnlyList<IReadOnlyList<string>> Branches { get; }
}
