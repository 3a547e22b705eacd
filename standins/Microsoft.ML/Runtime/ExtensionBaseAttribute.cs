namespace Microsoft.ML;

/// <summary>Marks a class that a model names by a contract, such as the factory of a custom mapping.</summary>
public abstract class ExtensionBaseAttribute : Attribute
{
    private protected ExtensionBaseAttribute(string contractName) => ContractName = contractName;

    /// <summary>The contract.</summary>
    public string ContractName { get; }
}
