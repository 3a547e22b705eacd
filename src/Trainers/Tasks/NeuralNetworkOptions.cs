using System.Text.Json.Serialization;
using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>Everything that can be chosen about a neural-network trainer. <c>new NeuralNetworkOptions()</c> is a good start for any table of numbers.</summary>
/// <remarks>An immutable record: vary one with <c>options with { BatchSize = 32 }</c>. A choice that is absent (null) is off.</remarks>
public sealed record NeuralNetworkOptions
{
    private const string Owner = nameof(NeuralNetworkOptions);

    /// <summary>The column to learn: a key for multiclass, Boolean for binary, Single for regression; for the latter two also a vector of known size. Default <c>Label</c>.</summary>
    public string LabelColumnName
    {
        get;
        init => field = Require.Text(value, Owner, nameof(LabelColumnName), "Name the label column.");
    } = "Label";

    /// <summary>
    /// The input column, or the first of several: Single, a key, or a vector of either of known size. Numbers are scaled and go into the network as they
    /// are, keys as <see cref="CategoricalEmbedding"/> says. Default <c>Features</c>.
    /// </summary>
    public string FeatureColumnName
    {
        get;
        init => field = Require.Text(value, Owner, nameof(FeatureColumnName), "Name the feature column; build it with Concatenate.");
    } = "Features";

    /// <summary>More input columns, each as <see cref="FeatureColumnName"/> may be. Default none.</summary>
    public IReadOnlyList<string> AdditionalFeatureColumnNames
    {
        get;
        init => field = Distinct(Require.NotNull(value, Owner, nameof(AdditionalFeatureColumnNames), "Leave it out for none."));
    } = new EquatableList<string>([]);

    /// <summary>How keys among the input columns become numbers: each a learned vector. Of no effect without key columns. Default: as <see cref="CategoricalEmbedding"/> says.</summary>
    public CategoricalEmbedding CategoricalEmbedding
    {
        get;
        init => field = Require.NotNull(value, Owner, nameof(CategoricalEmbedding), "Leave it out for the default.");
    } = new();

    /// <summary>A column of Single that weighs each row's loss, 0 or greater. Default null: every row weighs 1.</summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>
    /// How the trainer scales the features, by numbers that go into the model. Default <see cref="InputScaling.Robust"/>, so that any table of numbers will
    /// do; null takes features as they are.
    /// </summary>
    public InputScaling? InputScaling { get; init; } = InputScaling.Robust();

    /// <summary>
    /// How training rows are altered each time a step sees them, anew in each epoch. Rows to validate with or to score never are. Default null: not at all.
    /// </summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>The network to train. Default: hidden layers of 256 and 128 units with ReLU and dropout 0.1.</summary>
    public Network Network
    {
        get;
        init => field = Require.NotNull(value, Owner, nameof(Network), "Give one such as Network.Mlp([128, 64]).");
    } = Network.Mlp([256, 128], dropout: 0.1);

    /// <summary>How weights start. Default <see cref="Initializer.Isometric"/>.</summary>
    public Initializer Initializer
    {
        get;
        init => field = Require.NotNull(value, Owner, nameof(Initializer), "Give one such as Initializer.Isometric().");
    } = Initializer.Isometric();

    /// <summary>
    /// The weights of a trained network that the training starts from; what is not taken starts by <see cref="Initializer"/>. Its input scaling comes with
    /// them where it is known, in place of <see cref="InputScaling"/>. Default null: a network that has learned nothing. It is no part of the saved model.
    /// </summary>
    [JsonIgnore]
    public StartingWeights? StartFrom { get; init; }

    /// <summary>What happens to gradients before each step. Default <see cref="GradientTransform.ClipByGlobalNorm"/>(1); null trains without clipping.</summary>
    public GradientTransform? Gradients { get; init; } = GradientTransform.ClipByGlobalNorm(1);

    /// <summary>A penalty on the weights, added to the loss. Default null: none.</summary>
    public Regularizer? Regularizer { get; init; }

    /// <summary>A set that the weights are brought back into after each step. Default null: none.</summary>
    public Constraint? Constraint { get; init; }

    /// <summary>
    /// Share s of every classification target that is spread evenly over the classes, 0 ≤ s &lt; 1: of K classes the true one gets
    /// 1 − s + s/K and each other s/K; binary targets become s/2 and 1 − s/2 (Szegedy et al. 2016, arXiv:1512.00567). It keeps scores from growing
    /// without end. Losses of the training include it; scores of the model do not: p = (q − s/K)/(1 − s) takes it out again, bent where it would fall below 0, except
    /// beside <see cref="ClassWeights"/> and losses other than the cross-entropy. Default null: 0.03, multiplied by the size of the smallest class over the mean size,
    /// in <see cref="Network.Mlp"/> and <see cref="Network.Cnn"/> of at most 4 hidden layers; 0 in other networks, beside class weights, another loss and in regression, where a value above 0 is an error.
    /// </summary>
    public double? LabelSmoothing
    {
        get;
        init => field = value is { } given ? Require.Fraction(given, Owner, nameof(LabelSmoothing), "The usual value is 0.1; give 0 to train on the labels as they are, or leave it out.") : null;
    }

    /// <summary>What a classification trainer minimises. Default <see cref="ClassificationLoss.CrossEntropy"/>; another is an error in regression.</summary>
    public ClassificationLoss ClassificationLoss
    {
        get;
        init => field = Require.NotNull(value, Owner, nameof(ClassificationLoss), "Give one such as ClassificationLoss.CrossEntropy().");
    } = ClassificationLoss.CrossEntropy();

    /// <summary>How much the rows of each class weigh in the loss, for classes of very different size. Default null: all weigh 1. An error in regression.</summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>What a regression trainer minimises; another than the default is an error in classification. Default <see cref="RegressionLoss.Adaptive"/>.</summary>
    public RegressionLoss RegressionLoss
    {
        get;
        init => field = Require.NotNull(value, Owner, nameof(RegressionLoss), "Give one such as RegressionLoss.Mse().");
    } = RegressionLoss.Adaptive();

    /// <summary>The optimiser and its learning rate. Default AdamW, its decay by the length of the run, rate rising to 1e-3 over 50 steps and falling to 0 along a cosine.</summary>
    public Optimizer Optimizer
    {
        get;
        init => field = Require.NotNull(value, Owner, nameof(Optimizer), "Give one such as Optimizer.Adam(1e-3).");
    } = Optimizer.AdamW(Schedule.WarmupCosine(1e-3, 50), weightDecay: null);

    /// <summary>
    /// An average of the weights along the training, which becomes the fitted network in place of the last weights; running statistics of batch
    /// norms are then taken anew over the training rows. Default null: none.
    /// </summary>
    public WeightAveraging? Averaging { get; init; }

    /// <summary>Passes over the data, 1 or more. Default null: 60; fewer where 3000 updates are
    /// reached before, but 20 at least, and as many more as 300 updates need.</summary>
    public int? Epochs
    {
        get;
        init => field = value is { } given ? Require.AtLeastOne(given, Owner, nameof(Epochs), "Leave it out to have it chosen by the number of rows.") : null;
    }

    /// <summary>Rows for one gradient, 1 or more, over all processes that share the training; when the data has fewer rows, all of them. Default 32.</summary>
    public int BatchSize
    {
        get;
        init => field = Require.AtLeastOne(value, Owner, nameof(BatchSize), "Usual values are 16 to 512.");
    } = 32;

    /// <summary>
    /// The guard that notices explosions, recovers from them and keeps the returned network finite. Default: on, as <see cref="StabilityPolicy"/> says;
    /// null trains without any check, as most training loops do.
    /// </summary>
    public StabilityPolicy? Stability { get; init; } = new();

    /// <summary>
    /// Steps from one look at the layers to the next, 1 or more: what <see cref="TrainingResult.Samples"/> holds. The interval doubles whenever there are 200
    /// samples. A look costs one to four steps, most in small networks, so that the default costs less than 2 %. Default 200; null takes no samples.
    /// </summary>
    public int? DiagnosisEvery
    {
        get;
        init => field = value is { } every ? Require.AtLeastOne(every, Owner, nameof(DiagnosisEvery), "Usual values are 50 to 500; null turns the diagnosis off.") : null;
    } = 200;

    /// <summary>When to end before all epochs are done, and whether to go back to the best one. Default null: all epochs are trained.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Mini-batches whose gradients are averaged, row by row, into one update, 1 or more. Default 1.</summary>
    public int AccumulationSteps
    {
        get;
        init => field = Require.AtLeastOne(value, Owner, nameof(AccumulationSteps), "Leave it at 1 to update after every batch.");
    } = 1;

    /// <summary>
    /// What becomes of a mini-batch that does not fit into the memory of the GPU or the processor. True: it goes through in halves, quarters … whose gradients are
    /// averaged row by row, as <see cref="AccumulationSteps"/> does, and so do those after it; a warning tells their size. Updates stay the same but for rounding, except
    /// that batch norms see the smaller parts. Default false: the fit ends with an error that names a smaller size.
    /// </summary>
    public bool HalveBatchOnOutOfMemory { get; init; }

    /// <summary>
    /// Seed of everything random in a fit: first weights, order of rows, dropout. Default null: drawn from the MLContext, whose own seed then
    /// makes the fit repeatable. One seed, one machine and one thread count give the same weights bit for bit.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>
    /// Share of the rows that is set aside for validation: no step sees them, and the network is measured on them before the first step and after
    /// each epoch. The split follows from the seed, and keeps the share within each class to one row; the first row of a class always trains.
    /// 0 ≤ share &lt; 1; 0.1 to 0.2 is usual. Default 0: none. An error beside <see cref="ValidationData"/>.
    /// </summary>
    public double ValidationFraction
    {
        get;
        init => field = Require.Fraction(value, Owner, nameof(ValidationFraction), "Usual values are 0.1 to 0.2; leave it at 0 to train on all rows.");
    }

    /// <summary>
    /// Rows to validate with, as they reach the trainer: put through the same fitted transforms as the training rows, with as many features and the
    /// same key values. Default null: none. An error beside <see cref="ValidationFraction"/>.
    /// </summary>
    [JsonIgnore]
    public IDataView? ValidationData { get; init; }

    /// <summary>
    /// Memory for the training rows in bytes, 1 MiB or more. Data that fits is read once and kept; larger data is streamed from the
    /// IDataView every epoch and shuffled within a buffer of this size. <see cref="ValidationData"/> may take as much again. Default 2 GiB.
    /// </summary>
    public long MaxDataMemory
    {
        get;
        init => field = Require.That(value >= 1 << 20, value, Owner, nameof(MaxDataMemory), "be 1 MiB (1048576) or greater", "Leave it at 2 GiB when in doubt.");
    } = 2L << 30;

    /// <summary>
    /// When to write checkpoints, from which a training that was ended or cancelled goes on when <c>Fit</c> is called again. Default null: none. It is no
    /// part of the saved model.
    /// </summary>
    [JsonIgnore]
    public Checkpointing? Checkpoints { get; init; }

    /// <summary>How several processes share the training. Default null: this process trains alone. It is no part of the saved model.</summary>
    [JsonIgnore]
    public DataParallel? Distribution { get; init; }

    /// <summary>Receives the state of the training several times a second and after each epoch, on the training thread. Default null.</summary>
    [JsonIgnore]
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>What watches the training and may act on it, called in this order; no part of the saved model. Default none.</summary>
    [JsonIgnore]
    public IReadOnlyList<Callback> Callbacks
    {
        get;
        init => field = new EquatableList<Callback>(
            Require.NotNull(value, Owner, nameof(Callbacks), "Leave it out for none.")
                .Select(callback => Require.NotNull(callback, Owner, nameof(Callbacks), "Take the null out of the list.")));
    } = new EquatableList<Callback>([]);

    /// <summary>
    /// Ends the training at the next step. <c>Fit</c> then returns the network of the best epoch, by <see cref="EarlyStopping"/> or else by the validation
    /// loss; without either, the network as it is then. Default none.
    /// </summary>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; init; }

    private static EquatableList<string> Distinct(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            Require.Text(name, Owner, nameof(AdditionalFeatureColumnNames), "Name columns of the data.");
            Require.That(names.Count(other => other == name) == 1, name, Owner, nameof(AdditionalFeatureColumnNames), "name each column once", "Take the second one out.");
        }

        return new(names);
    }
}
