namespace MLNet.GradStability.Packaging.Tests;

/// <summary>A test that packs, and is skipped where the feeds have not what packages are made with.</summary>
internal sealed class PackagesFactAttribute : FactAttribute
{
    public PackagesFactAttribute() => Skip = PackageVersions.Missing;
}
