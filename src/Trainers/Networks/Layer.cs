using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Describes one layer of <see cref="Network.Cnn"/>. What normalises, activates and drops out behind layers with weights is said once, on the network.</summary>
public abstract record Layer
{
    private const string ShapeName = "its input";
    private const int MostNumbers = 1 << 28;

    private protected Layer()
    {
    }

    /// <summary>A convolution with square kernels: input <c>[in, height, width]</c>, output <c>[channels, …]</c> (LeCun et al. 1989).</summary>
    /// <param name="channels">Kernels, 1 to 65 536.</param>
    /// <param name="kernel">Side of a kernel, 1 or more; odd where <paramref name="padding"/> is <see cref="ConvolutionPadding.Same"/>.</param>
    /// <param name="stride">Step from one place of the kernel to the next, 1 or more; default 1.</param>
    /// <param name="padding">
    /// <see cref="ConvolutionPadding.Same"/>, the default, pads with zeros so that an image of side n gives one of ⌈n/stride⌉;
    /// <see cref="ConvolutionPadding.Valid"/> does not pad: ⌊(n − kernel)/stride⌋ + 1.
    /// </param>
    public static Layer Conv(int channels, int kernel, int stride = 1, ConvolutionPadding padding = ConvolutionPadding.Same) =>
        new ConvolutionLayer(channels, kernel, stride, padding);

    /// <summary>The greatest number of each window of each channel. Rows and columns that fill no whole window are left out.</summary>
    /// <param name="size">Side of a window, 1 or more.</param>
    /// <param name="stride">Step from window to window, 1 or more; default the size, so that windows do not overlap.</param>
    public static Layer MaxPool(int size, int? stride = null) => new MaxPoolLayer(size, stride);

    /// <summary>The mean of each window of each channel. Rows and columns that fill no whole window are left out.</summary>
    /// <param name="size">Side of a window, 1 or more.</param>
    /// <param name="stride">Step from window to window, 1 or more; default the size, so that windows do not overlap.</param>
    public static Layer AveragePool(int size, int? stride = null) => new AveragePoolLayer(size, stride);

    /// <summary>The mean of each channel: <c>[channels, height, width]</c> becomes <c>[channels]</c> (Lin et al. 2013, arXiv:1312.4400).</summary>
    public static Layer GlobalAveragePool() => new GlobalAveragePoolLayer();

    /// <summary>All numbers in one vector: <c>[channels, height, width]</c> becomes <c>[channels·height·width]</c>.</summary>
    public static Layer Flatten() => new FlattenLayer();

    /// <summary>A linear layer on a vector.</summary>
    /// <param name="width">Units, 1 to 65 536.</param>
    public static Layer Dense(int width) => new DenseLayer(width);

    /// <summary>Sets each number to 0 with probability p in training and scales the others by 1/(1 − p) (Srivastava et al. 2014).</summary>
    /// <param name="p">Share of numbers set to 0; 0 &lt; p &lt; 1.</param>
    public static Layer Dropout(double p) => new DropoutLayer(p);

    /// <summary>Whether the layer has weights, and so is followed by normalisation, activation and dropout.</summary>
    internal virtual bool IsWeighted => false;

    /// <summary>The shape that comes out.</summary>
    /// <param name="input">The shape that goes in: <c>[channels, height, width]</c> or <c>[numbers]</c>.</param>
    /// <param name="owner">Which layer this is, for messages.</param>
    /// <exception cref="ArgumentOutOfRangeException">The layer cannot take such an input.</exception>
    internal abstract IReadOnlyList<int> OutputShape(IReadOnlyList<int> input, string owner);

    /// <summary>Adds the module, named by kind and place.</summary>
    internal abstract void AddTo(LayerStack stack, int place, IReadOnlyList<int> input, Generator? random);

    /// <summary>The number of weights, without biases.</summary>
    internal virtual double WeightCount(IReadOnlyList<int> input) => 0;

    private protected static void RequireImage(IReadOnlyList<int> input, string owner, string call) => Require.That(
        input.Count == 3, FeatureShape.Text(input), owner, ShapeName, $"be an image [channels, height, width] for {call}", "Put it before Layer.GlobalAveragePool() or Layer.Flatten().");

    private protected static void RequireVector(IReadOnlyList<int> input, string owner, string call) => Require.That(
        input.Count == 1, FeatureShape.Text(input), owner, ShapeName, $"be a vector for {call}", "Put Layer.GlobalAveragePool() or Layer.Flatten() in front of it.");

    /// <summary>The shape behind windows that are moved over an image.</summary>
    private protected static IReadOnlyList<int> Windows(IReadOnlyList<int> input, int channels, int window, int stride, int padding, string owner)
    {
        Require.That(
            Math.Min(input[1], input[2]) + (2 * padding) >= window, FeatureShape.Text(input), owner, ShapeName, $"be at least {window} high and wide for a window of {window}", "Use a smaller window, or pool less before it.");
        IReadOnlyList<int> shape = [channels, Side(input[1]), Side(input[2])];
        Require.That(
            shape.Aggregate(1.0, (product, side) => product * side) <= MostNumbers, FeatureShape.Text(shape), owner, "its output", $"hold at most {MostNumbers:N0} numbers", "Use fewer channels, a stride or pooling.");
        return shape;

        int Side(int size) => ((size + (2 * padding) - window) / stride) + 1;
    }
}
