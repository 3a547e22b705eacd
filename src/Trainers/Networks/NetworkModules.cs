using System.Collections.Concurrent;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>Modules of a program's own under names, for <see cref="Network.Custom"/>.</summary>
/// <remarks>A saved model holds the name and the weights; the function stays in the program, which registers it again when it starts. A file cannot make code run.</remarks>
public static class NetworkModules
{
    private const string Owner = "NetworkModules.Register";
    private static readonly ConcurrentDictionary<string, Func<int, int, Module<Tensor, Tensor>>> Factories = new(StringComparer.Ordinal);

    /// <summary>Puts a function that makes a module under a name, in the place of an earlier one.</summary>
    /// <param name="name">The name, such as <c>my-net</c>; it goes into saved models.</param>
    /// <param name="factory">From features and outputs a row to a new module from <c>[batch, features]</c> to <c>[batch, outputs]</c>.</param>
    public static void Register(string name, Func<int, int, Module<Tensor, Tensor>> factory)
    {
        Require.Text(name, Owner, nameof(name), "Give a name such as \"my-net\".");
        Factories[name] = Require.NotNull(factory, Owner, nameof(factory), "Give a function such as (inputSize, outputSize) => new MyNet(inputSize, outputSize).");
    }

    internal static Func<int, int, Module<Tensor, Tensor>> Find(string name, string owner)
    {
        Require.Text(name, owner, nameof(name), "Give the name that the module is registered by.");
        return Factories.TryGetValue(name, out var factory)
            ? factory
            : throw new ArgumentException(
                $"{owner}: name must be that of a registered module; got \"{name}\", registered: {(Factories.IsEmpty ? "none" : string.Join(", ", Factories.Keys.Order(StringComparer.Ordinal)))}. Call {Owner}(\"{name}\", (inputSize, outputSize) => …) first, when the program starts.");
    }
}
