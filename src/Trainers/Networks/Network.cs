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
    /// A multilayer perceptron: each hidden layer is linear → normalisation → activation → dropout, followed by a linear output layer.
    /// Input <c>[batch, features]</c>, output <c>[batch, outputs]</c>. Layers are named <c>hidden0</c>, <c>norm0</c>, … and <c>output</c>.
    /// </summary>
    /// <param name="hidden">Widths of the hidden layers, each 1 to 65 536; an empty list gives a linear model.</param>
    /// <param name="activation">Activation of the hidden layers; default <see cref="Activation.Relu"/>.</param>
    /// <param name="dropout">Share of hidden units set to 0 in training, 0 ≤ p &lt; 1; default 0 (Srivastava et al. 2014).</param>
    /// <param name="normalization">Normalisation of the hidden layers; default none. A linear layer in front of it keeps its bias.</param>
    /// <param name="weightNormalization">Another form for the weights of the hidden layers; default none. The output layer stays plain, so that its scale is free.</param>
    /// <param name="residual">
    /// Whether two layers as wide as the layer before them become a block y = activation(x + s·F(x)), F the two layers, s a learned number that
    /// starts at 1 (<c>multiplier2</c>); default false (He et al. 2015, arXiv:1512.03385). Deep ones want normalisation or <see cref="Initializer.Fixup"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A width or the dropout is out of range, or normalisation or residual blocks do not fit the widths.</exception>
    public static Network Mlp(
        IReadOnlyList<int> hidden,
        Activation? activation = null,
        double dropout = 0,
        Normalization? normalization = null,
        WeightNormalization? weightNormalization = null,
        bool residual = false) =>
        new MlpNetwork(hidden, activation ?? Activation.Relu(), dropout, normalization, weightNormalization, residual);

    /// <summary>A table of the layers as text: name, kind, output shape and trained numbers, and their total.</summary>
    /// <param name="inputSize">Features a row, 1 or more.</param>
    /// <param name="outputSize">Outputs a row, 1 or more: the number of classes, or 1.</param>
    public string Summary(int inputSize, int outputSize) => NetworkSummary.Of(
        this,
        Require.AtLeastOne(inputSize, "Network.Summary", nameof(inputSize), "Give the length of the feature vector."),
        Require.AtLeastOne(outputSize, "Network.Summary", nameof(outputSize), "Give the number of classes, or 1."));

    /// <summary>Builds the module for inputs of <paramref name="inputSize"/> and outputs of <paramref name="outputSize"/> numbers a row.</summary>
    /// <param name="inputSize">Features a row.</param>
    /// <param name="outputSize">Outputs a row: the number of classes, or 1.</param>
    /// <param name="random">The generator that dropout draws from, null for a network that only scores; it must outlive the module's training.</param>
    /// <returns>A module from <c>[batch, inputSize]</c> to <c>[batch, outputSize]</c>; the caller owns it.</returns>
    internal abstract Module<Tensor, Tensor> Build(int inputSize, int outputSize, Generator? random);

    /// <summary>The number of weights in the network's matrices, without building it: at most the trained numbers of the module.</summary>
    internal abstract double WeightCount(int inputSize, int outputSize);
}
