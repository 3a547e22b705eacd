namespace MLNet.GradStability;

/// <summary>What to do about each finding: a sentence, and the option to paste.</summary>
internal static class Remedies
{
    // Where the updates of a healthy network lie: a thousandth of the weights a step.
    private const double UsualUpdate = 1e-3;
    private const double LargestChange = 1e6;

    public static (string Remedy, string Code) None => ("Nothing needs to be changed.", "options");

    public static (string Remedy, string Code) ScaleInputs => (
        "Let the trainer standardise the features.",
        "options with { InputScaling = InputScaling.Standardize() }");

    public static (string Remedy, string Code) Clip => (
        "Clip the gradients to a global norm of 1.",
        "options with { Gradients = GradientTransform.ClipByGlobalNorm(1) }");

    public static (string Remedy, string Code) GuardAndClip => (
        "Clip the gradients and leave the guard on, so that such batches do no harm; then look at the rows.",
        "options with { Gradients = GradientTransform.ClipByGlobalNorm(1), Stability = new StabilityPolicy() }");

    public static (string Remedy, string Code) Isometric => (
        "Start from the default weights, which keep the size of signal and gradient through any number of layers.",
        "options with { Initializer = Initializer.Isometric() }");

    public static (string Remedy, string Code) Residual => (
        "Plain layers of this number pass too little on; bridge them by residual blocks and normalise them.",
        "options with { Network = Network.Mlp([64, 64, 64, 64, 64], normalization: Normalization.Batch(), residual: true) }");

    public static (string Remedy, string Code) ReluAndIsometric => (
        "Take an activation that does not flatten out, and the default weights.",
        "options with { Network = options.Network with { Activation = Activation.Relu() }, Initializer = Initializer.Isometric() }");

    public static (string Remedy, string Code) LeakyRelu => (
        "Take an activation whose units cannot die, and the default weights.",
        "options with { Network = options.Network with { Activation = Activation.LeakyRelu(0.1) }, Initializer = Initializer.Isometric() }");

    public static (string Remedy, string Code) StopEarly => (
        "Stop when the validation loss no longer falls, and keep the best network.",
        "options with { EarlyStopping = new EarlyStopping() }");

    public static (string Remedy, string Code) Regularize => (
        "Early stopping is on; hold the weights back too.",
        "options with { Regularizer = Regularizer.L2(1e-4) }");

    public static (string Remedy, string Code) Defaults => (
        "Try the default network, weights and optimiser. If it stays so, the features hold nothing about the label.",
        "options with { Network = new NeuralNetworkOptions().Network, Initializer = Initializer.Isometric(), Optimizer = new NeuralNetworkOptions().Optimizer }");

    /// <summary>Batches of four times the size.</summary>
    public static (string Remedy, string Code) LargerBatches(int size) => (
        "Gradients are clipped and the guard leaves the worst out already; correct the rows, and until then dilute them in larger batches.",
        $"options with {{ BatchSize = {4L * size} }}");

    /// <summary>A rate by which updates would be of the usual size, a tenth at most of what it was.</summary>
    /// <param name="rate">The highest rate of the run.</param>
    /// <param name="ratio">The update ratio at that rate; NaN when unknown.</param>
    public static (string Remedy, string Code) Slower(double rate, double ratio) => ChangedRate(
        "Lower the learning rate", rate * Math.Min(0.1, double.IsNaN(ratio) ? 0.1 : 10 * UsualUpdate / ratio));

    /// <summary>A rate by which updates would be of the usual size, ten times what it was at least.</summary>
    /// <param name="rate">The highest rate of the run.</param>
    /// <param name="ratio">The update ratio at that rate.</param>
    public static (string Remedy, string Code) Faster(double rate, double ratio) => ChangedRate(
        "Raise the learning rate", rate * Math.Clamp(UsualUpdate / ratio, 10, LargestChange));

    private static (string Remedy, string Code) ChangedRate(string what, double rate) => (
        $"{what} to about {Words.Rate(rate)}, reached over some steps of warm-up.",
        $"options with {{ Optimizer = options.Optimizer with {{ Rate = Schedule.WarmupCosine({Words.Rate(rate)}, 50) }} }}");
}
