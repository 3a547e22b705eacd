using System.Text.Json.Serialization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Network.Custom"/>.</summary>
[DescriptionKind("custom")]
internal sealed record RegisteredNetwork : CustomNetwork
{
    private const string Owner = "Network.Custom";

    [JsonConstructor]
    public RegisteredNetwork(string name, Activation? activation)
    {
        _ = NetworkModules.Find(name, Owner);
        Name = name;
        Activation = activation!;
    }

    public string Name { get; }

    internal override string Title => $"{Owner} \"{Name}\"";

    protected override Module<Tensor, Tensor> CreateModule(int inputSize, int outputSize) => NetworkModules.Find(Name, Owner)(inputSize, outputSize);
}
