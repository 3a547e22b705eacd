using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>Describes a network: which layers, of which size. Fitting builds the TorchSharp module from it.</summary>
/// <remarks>A description holds no tensors and may be shared between estimators, threads and fits.</remarks>
public abstract record Network
{
    /// <summary>The name of the last layer of every built-in network; its parameters are <c>output.weight</c> and <c>output.bias</c>.</summary>
    public const string OutputLayer = "output";

    /// <summary>The activation of the hidden layers, by which the default initialiser chooses its gain.</summary>
    public abstract Activation Activation { get; init; }

    /// <summary>
    /// A multilayer perceptron: each hidden layer is linear → activation → dropout, followed by a linear output layer.
    /// Input <c>[batch, features]</c>, output <c>[batch, outputs]</c>.
    /// </summary>
    /// <param name="hidden">Widths of the hidden layers, each 1 to 65 536; an empty list gives a linear model.</param>
    /// <param name="activation">Activation of the hidden layers; default <see cref="Activation.Relu"/>.</param>
    /// <param name="dropout">Share of hidden units set to 0 in training, 0 ≤ p &lt; 1; default 0 (Srivastava et al. 2014).</param>
    /// <exception cref="ArgumentOutOfRangeException">A width or the dropout is out of range.</exception>
    public static Network Mlp(IReadOnlyList<int> hidden, Activation? activation = null, double dropout = 0) =>
        new MlpNetwork(hidden, activation ?? Activation.Relu(), dropout);

    /// <summary>Builds the module for inputs of <paramref name="inputSize"/> and outputs of <paramref name="outputSize"/> numbers a row.</summary>
    /// <param name="inputSize">Features a row.</param>
    /// <param name="outputSize">Outputs a row: the number of classes, or 1.</param>
    /// <param name="random">The generator that dropout draws from, null for a network that only scores; it must outlive the module's training.</param>
    /// <returns>A module from <c>[batch, inputSize]</c> to <c>[batch, outputSize]</c>; the caller owns it.</returns>
    internal abstract Module<Tensor, Tensor> Build(int inputSize, int outputSize, Generator? random);
}
