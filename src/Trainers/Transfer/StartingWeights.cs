namespace MLNet.GradStability;

/// <summary>
/// Describes the weights that a training starts from: those of a trained network, all or some (transfer learning: Yosinski et al. 2014, arXiv:1411.1792).
/// They go to the parameters and buffers of the same names and shapes; <see cref="Except"/> leaves some, such as the head for a new label set, to the
/// options' <see cref="NeuralNetworkOptions.Initializer"/>.
/// </summary>
/// <remarks>
/// Everything else in the network must be there: names and shapes that do not fit are one error, which lists them, when <c>Fit</c> starts. A number that is
/// not finite is an error too. Running statistics are taken like weights; <c>num_batches_tracked</c>, which counts batches, only where both sides have it.
/// A file is read at each fit. Weights that were taken are never drawn anew, whatever the guard thinks of the start.
/// </remarks>
public sealed record StartingWeights
{
    private readonly StartingSource _source;

    private StartingWeights(StartingSource source) => _source = source;

    /// <summary>Parameters and layers that are not taken: name patterns as <see cref="Except"/> took them.</summary>
    public IReadOnlyList<string> Exceptions { get; private init; } = new EquatableList<string>([]);

    /// <summary>Names that are changed, in this order: as <see cref="Rename"/> took them.</summary>
    public IReadOnlyList<(string From, string To)> Names { get; private init; } = new EquatableList<(string, string)>([]);

    /// <summary>
    /// Whether features are scaled as the network that is started from was trained with, where that is known, in place of
    /// <see cref="NeuralNetworkOptions.InputScaling"/>. Default true.
    /// </summary>
    public bool KeepsInputScaling { get; private init; } = true;

    /// <summary>The weights of a model, as they are now; the model may be disposed afterwards.</summary>
    /// <param name="model">The model: <c>fitted.OfType&lt;NeuralNetworkTransformer&gt;().Single()</c> of a pipeline.</param>
    public static StartingWeights FromModel(NeuralNetworkTransformer model) =>
        FromModel(Require.NotNull(model, "StartingWeights.FromModel", nameof(model), "Give a fitted model.").Model);

    /// <summary>The weights of a trained network, as they are now; the network may be disposed afterwards.</summary>
    /// <param name="model">The network.</param>
    public static StartingWeights FromModel(TrainedNetwork model) =>
        new(new ModelSource(SavedNetwork.Of(Require.NotNull(model, "StartingWeights.FromModel", nameof(model), "Give a fitted model."))));

    /// <summary>The weights of the network in a model file that ML.NET saved, whatever transforms are around it.</summary>
    /// <param name="path">The file, such as <c>model.zip</c>; it must hold one network of this library. Read when <c>Fit</c> starts.</param>
    public static StartingWeights FromModelFile(string path) =>
        new(new ModelFileSource(Require.Text(path, "StartingWeights.FromModelFile", nameof(path), "Give the path of a model.zip.")));

    /// <summary>
    /// The weights in a safetensors file of types F32, F64, F16, BF16, I64, I32, U8 and BOOL; all become the type of the parameter. Input scaling is known
    /// from a file that <see cref="TrainedNetwork.SaveSafetensors(string)"/> wrote, and not from others: choose
    /// <see cref="NeuralNetworkOptions.InputScaling"/> as the network was trained, null for features as they are.
    /// </summary>
    /// <param name="path">The file. Read when <c>Fit</c> starts.</param>
    public static StartingWeights FromSafetensors(string path) =>
        new(new SafetensorsSource(Require.Text(path, "StartingWeights.FromSafetensors", nameof(path), "Give the path of a .safetensors file.")));

    /// <summary>
    /// The weights in a state file that TorchSharp's <c>Module.save</c> wrote. It tells nothing of input scaling: choose
    /// <see cref="NeuralNetworkOptions.InputScaling"/> as the network was trained, null for features as they are.
    /// </summary>
    /// <param name="path">The file, such as <c>net.dat</c>. Read when <c>Fit</c> starts.</param>
    public static StartingWeights FromStateFile(string path) =>
        new(new StateFileSource(Require.Text(path, "StartingWeights.FromStateFile", nameof(path), "Give the path of a file that Module.save wrote.")));

    /// <summary>
    /// These weights without some: parameters of such names start by the options' initialiser, and tensors of such names in the source are not looked at.
    /// <c>Except("output*")</c> puts a new head on, for another label set.
    /// </summary>
    /// <param name="pattern">A parameter or layer name; <c>*</c> stands for any characters, <c>?</c> for one.</param>
    /// <exception cref="ArgumentException">The pattern is empty. One that fits nothing is an error when <c>Fit</c> starts.</exception>
    public StartingWeights Except(string pattern) =>
        this with { Exceptions = new EquatableList<string>([.. Exceptions, Require.Text(pattern, "StartingWeights.Except", nameof(pattern), "Give a layer name such as \"output*\".")]) };

    /// <summary>
    /// These weights with another name for a tensor, or for a layer and all within it: <c>Rename("fc", "output")</c> makes <c>fc.weight</c> and <c>fc.bias</c>
    /// of a ResNet of torchvision those of <see cref="Network.ResNet"/>.
    /// </summary>
    /// <param name="from">The name in the source.</param>
    /// <param name="to">The name in the network.</param>
    /// <exception cref="ArgumentException">A name is empty. One that the source does not have is an error when <c>Fit</c> starts.</exception>
    public StartingWeights Rename(string from, string to) => this with
    {
        Names = new EquatableList<(string, string)>(
        [
            .. Names,
            (Require.Text(from, "StartingWeights.Rename", nameof(from), "Give a layer name such as \"fc\"."), Require.Text(to, "StartingWeights.Rename", nameof(to), "Give a layer name such as \"output\".")),
        ]),
    };

    /// <summary>
    /// These weights with features scaled by <see cref="NeuralNetworkOptions.InputScaling"/>, over the new rows. For rows that are measured on another scale than
    /// those the network was trained on.
    /// </summary>
    public StartingWeights WithNewScaling() => this with { KeepsInputScaling = false };

    /// <summary>Reads the weights for a fit.</summary>
    /// <exception cref="FormatException">The file is of another kind, or damaged.</exception>
    internal BoundStartingWeights Bind() => new(this, _source.Read());
}
