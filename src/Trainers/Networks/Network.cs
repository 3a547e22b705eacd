using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>Describes a network: which layers, of which size. Fitting builds the TorchSharp module from it.</summary>
/// <remarks>A description holds no tensors and may be shared between estimators, threads and fits.</remarks>
public abstract record Network
{
    /// <summary>The name of the last layer of every built-in network; its parameters are <c>output.weight</c> and <c>output.bias</c>.</summary>
    public const string OutputLayer = "output";

    /// <summary>The activation of the hidden layers, by which the default initialiser chooses its gain; null for a network that has no such choice.</summary>
    [MaybeNull]
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

    /// <summary>
    /// A convolutional network: the given layers one after the other, normalisation, activation and dropout behind each that has weights, then a
    /// linear output layer. Input <c>[batch, channels·height·width]</c>, seen as <c>[batch, channels, height, width]</c>; output <c>[batch, outputs]</c>.
    /// Layers are named by kind and place: <c>conv0</c>, <c>norm0</c>, <c>activation0</c>, <c>pool1</c>, <c>dense3</c>, … and <c>output</c>.
    /// </summary>
    /// <param name="inputShape">
    /// Shape of a row as <c>[channels, height, width]</c>: the feature vector holds the first channel row by row, then the second, …, as ML.NET's
    /// ExtractPixels gives it. Fit refuses a column of another size.
    /// </param>
    /// <param name="layers">The layers; a flat vector must come out of the last one: end the image part with <see cref="Layer.GlobalAveragePool"/> or <see cref="Layer.Flatten"/>.</param>
    /// <param name="activation">Activation behind each layer with weights; default <see cref="Activation.Relu"/>.</param>
    /// <param name="dropout">Share of numbers set to 0 behind each activation in training, 0 ≤ p &lt; 1; default 0. <see cref="Layer.Dropout"/> puts it in one place.</param>
    /// <param name="normalization">Normalisation in front of each activation; default none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or a layer does not fit what the one before it gives.</exception>
    public static Network Cnn(
        IReadOnlyList<int> inputShape,
        IReadOnlyList<Layer> layers,
        Activation? activation = null,
        double dropout = 0,
        Normalization? normalization = null) =>
        new CnnNetwork(inputShape, layers, activation ?? Activation.Relu(), dropout, normalization);

    /// <summary>
    /// A residual network for images (He et al. 2015, arXiv:1512.03385): four stages of blocks y = activation(x + branch(x)), each stage with half the height and
    /// width and twice the channels of the one before, then the mean of each channel and a linear output layer. Input <c>[batch, channels·height·width]</c>.
    /// Depths 50 and above have bottleneck blocks. Layers are named as in torchvision (<c>conv1</c>, <c>layer1.0.conv1</c>, <c>layer1.0.bn1</c>, …), but for
    /// <c>output</c>; the numbers of parameters are those of torchvision for the large stem and width 64.
    /// </summary>
    /// <remarks>
    /// The last scale of each branch starts at 0, so that each block starts as the identity (Goyal et al. 2017, arXiv:1706.02677); the stride of a
    /// bottleneck is in its 3×3 convolution.
    /// </remarks>
    /// <param name="depth">Layers with weights: 10, 18, 34, 50, 101 or 152; 10 and 18 suit small images.</param>
    /// <param name="inputShape">Shape of a row as <c>[channels, height, width]</c>, as in <see cref="Cnn"/>.</param>
    /// <param name="width">Channels of the first stage, 1 to 8 192; default 64.</param>
    /// <param name="activation">Activation of all layers; default <see cref="Activation.Relu"/>.</param>
    /// <param name="dropout">Share of numbers set to 0 in front of the output layer in training, 0 ≤ p &lt; 1; default 0.</param>
    /// <param name="normalization">Normalisation behind each convolution; default <see cref="Normalization.Batch"/>.</param>
    /// <param name="stem">The first layers; default by the size of the images: <see cref="ResNetStem.Small"/> where a side is at most 32.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or the normalisation does not fit the width.</exception>
    public static Network ResNet(
        int depth,
        IReadOnlyList<int> inputShape,
        int width = 64,
        Activation? activation = null,
        double dropout = 0,
        Normalization? normalization = null,
        ResNetStem stem = ResNetStem.Auto) =>
        new ResNetNetwork(depth, inputShape, width, activation ?? Activation.Relu(), dropout, normalization ?? Normalization.Batch(), stem);

    /// <summary>
    /// A recurrent network over sequences of one length: layers of cells that go from step to step, then a linear output layer. Input
    /// <c>[batch, steps·features]</c>, seen as <c>[batch, steps, features]</c>; output <c>[batch, outputs]</c>. Layers are named <c>recurrent0</c>, … and
    /// <c>output</c>, weights as in PyTorch: <c>recurrent0.cell.weight_ih_l0</c> from the input, <c>recurrent0.cell.weight_hh_l0</c> from the step before.
    /// </summary>
    /// <remarks>
    /// Recurrent weights start orthogonal, gate by gate, with gain 1 (Saxe et al. 2013, arXiv:1312.6120); those of an IRNN as the identity, behind input
    /// weights from N(0, 0.001²). The bias of an LSTM's forget gate starts at 1 (Jozefowicz et al. 2015). The initialiser fills the rest.
    /// </remarks>
    /// <param name="cell">The cell: <see cref="RecurrentCell.Lstm"/> for long memories, <see cref="RecurrentCell.Gru"/> for fewer weights.</param>
    /// <param name="inputShape">Shape of a row as <c>[steps, features]</c>: the feature vector holds the first step's features, then the second's, …. Fit refuses a column of another size.</param>
    /// <param name="hidden">Units of each layer (and direction), 1 to 65 536.</param>
    /// <param name="layers">Recurrent layers one above the other, 1 or more; default 1.</param>
    /// <param name="bidirectional">Whether each layer runs from both ends, so that it has twice the outputs; default false (Schuster and Paliwal 1997).</param>
    /// <param name="outputs">What the output layer sees of the last recurrent layer; default the state behind the last step (from either end).</param>
    /// <param name="dropout">Share of numbers set to 0 behind each recurrent layer in training, 0 ≤ p &lt; 1; default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static Network Recurrent(
        RecurrentCell cell,
        IReadOnlyList<int> inputShape,
        int hidden,
        int layers = 1,
        bool bidirectional = false,
        SequenceOutput outputs = SequenceOutput.Last,
        double dropout = 0) =>
        new RecurrentNetwork(cell, inputShape, hidden, layers, bidirectional, outputs, dropout);

    /// <summary>
    /// A residual network for tables of numbers: a linear layer to <paramref name="width"/> numbers, then blocks
    /// x + linear(dropout(activation(linear(norm(x))))), then norm, activation and a linear output layer (Gorishniy et al. 2021, arXiv:2106.11959). Layers are
    /// named <c>input</c>, <c>norm0</c>, <c>expand0</c>, <c>activation0</c>, <c>shrink0</c>, … and <c>output</c>.
    /// </summary>
    /// <param name="width">Numbers that go from block to block, 1 to 65 536; default 128.</param>
    /// <param name="blocks">Blocks, 1 or more; default 3.</param>
    /// <param name="dropout">Share of a block's hidden units set to 0 in training, 0 ≤ p &lt; 1; default 0.1.</param>
    /// <param name="expansion">Hidden units of a block as a multiple of <paramref name="width"/>, 1 or more; default 2.</param>
    /// <param name="activation">Activation; default <see cref="Activation.Relu"/>.</param>
    /// <param name="normalization">Normalisation; default <see cref="Normalization.Batch"/>.</param>
    /// <remarks>Departure: the dropout behind a block, 0 in the paper's base setting, is left out.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or the normalisation does not fit the width.</exception>
    public static Network TabularResNet(
        int width = 128, int blocks = 3, double dropout = 0.1, int expansion = 2, Activation? activation = null, Normalization? normalization = null) =>
        new TabularResNetNetwork(width, blocks, dropout, expansion, activation ?? Activation.Relu(), normalization ?? Normalization.Batch());

    /// <summary>
    /// FT-Transformer, a transformer for tables (Gorishniy et al. 2021, arXiv:2106.11959): each feature becomes a token, a number x as x·w + b, a key as a learned
    /// vector + b; blocks of multi-head attention and a feed-forward layer with ReGLU, their normalisation in front (but for the first attention), mix the
    /// tokens; norm, ReLU and a linear output layer read the token [CLS]. It takes numbers and keys side by side. Layers are named <c>tokenizer</c>,
    /// <c>block0.attention.query</c>, <c>block0.feedforward.expand</c>, … and <c>output</c>.
    /// </summary>
    /// <remarks>
    /// The paper's own size is width 192, with weight decay 1e-5; the default here is smaller, for small tables and CPUs. A step costs about tokens times what
    /// one of <see cref="TabularResNet"/> costs. Departures: vectors of keys start from N(0, 1/width), as <see cref="CategoricalEmbedding"/>'s do; weight decay acts on the tokenizer
    /// too unless <c>optimizer.ForLayers("tokenizer*", weightDecay: 0)</c> says otherwise. A key that no training row holds has the mean vector, see
    /// <see cref="CategoricalEmbedding"/>, whose sizes have no place here.
    /// </remarks>
    /// <param name="width">Numbers of a token, 2 to 65 536; default 64.</param>
    /// <param name="blocks">Blocks, 1 or more; default 3.</param>
    /// <param name="heads">Heads of the attention, which must divide <paramref name="width"/>; default 8.</param>
    /// <param name="expansion">Hidden units of the feed-forward layers as a multiple of <paramref name="width"/>, rounded down; default 4/3.</param>
    /// <param name="attentionDropout">Share of the attention set to 0 in training, 0 ≤ p &lt; 1; default 0.2.</param>
    /// <param name="dropout">Share of the hidden units of the feed-forward layers set to 0 in training, 0 ≤ p &lt; 1; default 0.1.</param>
    /// <param name="residualDropout">Share of what a block adds set to 0 in training, 0 ≤ p &lt; 1; default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static Network TabularTransformer(
        int width = 64, int blocks = 3, int heads = 8, double expansion = 4.0 / 3, double attentionDropout = 0.2, double dropout = 0.1, double residualDropout = 0) =>
        new TabularTransformerNetwork(width, blocks, heads, expansion, attentionDropout, dropout, residualDropout);

    /// <summary>
    /// A TorchSharp module of your own, registered by <see cref="NetworkModules.Register"/>: saved and loaded like the built-in ones in any program that
    /// registers the name. A record of your own that derives from <see cref="CustomNetwork"/> can hold numbers to choose and vary besides.
    /// </summary>
    /// <param name="name">The registered name.</param>
    /// <param name="activation">
    /// The activation of its hidden layers, by which the options' initialiser starts all weights; default null, which keeps the first weights that the
    /// module has when it is made.
    /// </param>
    /// <exception cref="ArgumentException">No module is registered by the name.</exception>
    public static Network Custom(string name, Activation? activation = null) => new RegisteredNetwork(name, activation);

    /// <summary>A table of the layers as text: name, kind, output shape and trained numbers, and their total.</summary>
    /// <param name="inputSize">Features a row, 1 or more.</param>
    /// <param name="outputSize">Outputs a row, 1 or more: the number of classes, or 1.</param>
    /// <exception cref="ArgumentException">A number is below 1, or rows of so many features do not have the input shape of the network.</exception>
    public string Summary(int inputSize, int outputSize)
    {
        Require.AtLeastOne(inputSize, "Network.Summary", nameof(inputSize), "Give the length of the feature vector.");
        Require.AtLeastOne(outputSize, "Network.Summary", nameof(outputSize), "Give the number of classes, or 1.");
        Shape?.Check(inputSize, nameof(inputSize));
        return NetworkSummary.Of(new() { Network = this }, InputLayout.OfNumbers(inputSize), outputSize);
    }

    /// <summary>The shape in which the network sees a row; null when any vector will do.</summary>
    internal virtual FeatureShape? Shape => null;

    /// <summary>Whether the initialiser fills only parameters that it names.</summary>
    internal virtual bool KeepsFirstWeights => false;

    /// <summary>How many weights a signal passes on its way through the network, one after the other.</summary>
    /// <param name="weights">How many weights the network has.</param>
    internal virtual double PathLength(int weights) => weights;

    /// <summary>Whether label smoothing is on by default: for shallow networks, where it was measured to help. Deep ones lose by it.</summary>
    internal virtual bool SmoothsLabels => false;

    /// <summary>The activation that follows a layer; null where none does, as behind the output layer.</summary>
    /// <param name="layer">The name of a layer with parameters.</param>
    internal virtual Activation? ActivationBehind(string layer) => layer == OutputLayer ? null : Activation;

    /// <summary>Builds the module for inputs of <paramref name="inputSize"/> and outputs of <paramref name="outputSize"/> numbers a row.</summary>
    /// <param name="inputSize">Features a row.</param>
    /// <param name="outputSize">Outputs a row: the number of classes, or 1.</param>
    /// <param name="random">The generator that dropout draws from, null for a network that only scores; it must outlive the module's training.</param>
    /// <returns>A module from <c>[batch, inputSize]</c> to <c>[batch, outputSize]</c>; the caller owns it.</returns>
    internal abstract Module<Tensor, Tensor> Build(int inputSize, int outputSize, Generator? random);

    /// <summary>Builds the module for rows that may hold keys: by default with embeddings in front of the network for numbers.</summary>
    /// <param name="inputs">How a row lies in memory.</param>
    /// <param name="embedding">The embeddings of keys.</param>
    /// <param name="outputSize">Outputs a row.</param>
    /// <param name="random">As in the other one.</param>
    internal virtual Module<Tensor, Tensor> Build(InputLayout inputs, CategoricalEmbedding embedding, int outputSize, Generator? random)
    {
        var module = Build(KeyEmbedding.WidthFor(inputs, embedding), outputSize, random);
        if (inputs.Keys.Count > 0)
        {
            new KeyEmbedding(inputs, embedding).PutBefore(module, Title);
        }

        return module;
    }

    /// <summary>How messages call it.</summary>
    internal virtual string Title => GetType().Name;

    /// <summary>The number of weights for rows that may hold keys.</summary>
    internal virtual double WeightCount(InputLayout inputs, CategoricalEmbedding embedding, int outputSize) =>
        WeightCount(KeyEmbedding.WidthFor(inputs, embedding), outputSize) + inputs.Keys.Sum(slot => (slot.Values + 1.0) * embedding.SizeFor(slot.Values));

    /// <summary>The number of weights in the network's matrices, without building it: at most the trained numbers of the module.</summary>
    internal abstract double WeightCount(int inputSize, int outputSize);
}
