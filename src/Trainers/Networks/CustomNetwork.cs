using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>
/// A network of your own as a record: its properties are what can be chosen, and <see cref="CreateModule"/> makes the TorchSharp module. Marked with
/// <see cref="DescriptionKindAttribute"/> and handed to <see cref="Descriptions.Register{T}"/>, it is saved, loaded and varied like the built-in ones.
/// Without anything to choose, <see cref="Network.Custom"/> is shorter.
/// </summary>
/// <remarks>
/// Parameters are of type Float32. A layer named <c>output</c> counts as the linear end of the network for initialisers. What the module draws at random
/// (nn.Dropout) follows the seed of the run, and nn.BatchNorm normalises a batch of one row by its running statistics.
/// </remarks>
public abstract record CustomNetwork : Network
{
    private static readonly ConditionalWeakTable<Module, object> Made = [];

    /// <summary>
    /// The activation of the hidden layers: given, all weights start by the options' <see cref="NeuralNetworkOptions.Initializer"/>, with its gain. Null, the
    /// default, keeps the first weights that the module has when it is made; then an initialiser fills only what <see cref="Initializer.Where"/> names.
    /// </summary>
    [MaybeNull]
    public override Activation Activation { get; init; }

    /// <summary>Makes the module: from <c>[batch, inputSize]</c> to <c>[batch, outputSize]</c>. A new one on each call, since each fit trains its own.</summary>
    /// <param name="inputSize">Features a row.</param>
    /// <param name="outputSize">Outputs a row: the number of classes, or 1.</param>
    protected abstract Module<Tensor, Tensor> CreateModule(int inputSize, int outputSize);

    internal sealed override bool KeepsFirstWeights => Activation is null;

    internal sealed override Module<Tensor, Tensor> Build(int inputSize, int outputSize, Generator? random)
    {
        var module = CreateModule(inputSize, outputSize) ?? throw Wrong("must be given", "got null", "Return a module.");
        if (Made.TryGetValue(module, out _))
        {
            throw Wrong("must be a new one on each call", "got the same as before", "Make the module inside the function.");
        }

        try
        {
            Check(module, inputSize, outputSize);
        }
        catch
        {
            module.Dispose();
            throw;
        }

        Made.Add(module, module);
        return module;
    }

    internal sealed override double WeightCount(int inputSize, int outputSize) => 0;

    private void Check(Module<Tensor, Tensor> module, int inputSize, int outputSize)
    {
        if (!module.parameters().Any(parameter => parameter.requires_grad))
        {
            throw Wrong("must have a parameter to train", "it has none", "Call RegisterComponents() at the end of the module's constructor.");
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        module.eval();
        var outputs = Try(module, zeros(2, inputSize));
        if (!outputs.shape.SequenceEqual([2, outputSize]))
        {
            throw Wrong($"must return [rows, {outputSize}]", $"got [{string.Join(", ", outputs.shape)}] for 2 rows", "Give the last layer the outputSize that the function is told.");
        }

        module.train();
    }

    private Tensor Try(Module<Tensor, Tensor> module, Tensor inputs)
    {
        try
        {
            return module.call(inputs);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new ArgumentException($"{Title}: the module must take [rows, {inputs.shape[1]}]; it says: {e.Message.Split('\n')[0]} Give the first layer the inputSize that the function is told.", e);
        }
    }

    private ArgumentException Wrong(string rule, string found, string remedy) => new($"{Title}: the module {rule}; {found}. {remedy}");
}
