namespace MLNet.GradStability;

/// <summary>
/// Describes how training rows are altered each time a step sees them: the network never sees the same row twice, and learns what does not change with the
/// alteration. What is drawn follows from the run's seed, the epoch and the batch, so that runs repeat and resume bit for bit.
/// </summary>
/// <remarks>
/// Only the rows of steps are altered: rows to validate with, to score and to measure the network on are not. The loss shown epoch by epoch is that of
/// the altered rows. Columns of keys are left alone; of mixed rows they are those of the row with the greater share.
/// </remarks>
public abstract record Augmentation
{
    private protected Augmentation()
    {
    }

    /// <summary>
    /// Flips, rotates and shifts images in one bilinear resampling, with zeros where nothing was; then adds noise; then cuts out a square: what
    /// <c>ml.Transforms.AugmentImages</c> does to copies, here for every image of every epoch and without copies.
    /// </summary>
    /// <param name="inputShape">The images that the features are: [channels, height, width].</param>
    /// <param name="maxShift">The largest shift, as a part of height and width; at least 0 and below 1; default 0.1.</param>
    /// <param name="maxRotation">The largest rotation in degrees, 0 to 180; default 10.</param>
    /// <param name="flipHorizontally">Whether half of the images are mirrored left to right; not for digits and letters; default false.</param>
    /// <param name="flipVertically">Whether half of the images are mirrored top to bottom; default false.</param>
    /// <param name="noise">σ of the Gaussian noise added to every value, in the values' own unit; finite and 0 or greater; default 0.</param>
    /// <param name="cutOut">The side of a square set to 0, as a part of the shorter side (DeVries and Taylor 2017, arXiv:1708.04552); at least 0 and below 1; default 0.</param>
    /// <remarks>
    /// It works on the pixels as they reach the trainer, before <see cref="NeuralNetworkOptions.InputScaling"/>: so 0 is the value of the background, and noise has
    /// the unit of the pixels. (The scaling is undone, and done again after.) A pixel that never varies stays what it was, as in scoring. A value that the scaling cut off counts as its limit.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or nothing would be altered.</exception>
    public static Augmentation Images(
        IReadOnlyList<int> inputShape,
        double maxShift = 0.1,
        double maxRotation = 10,
        bool flipHorizontally = false,
        bool flipVertically = false,
        double noise = 0,
        double cutOut = 0) => new ImageAugmentation(inputShape, maxShift, maxRotation, flipHorizontally, flipVertically, noise, cutOut);

    /// <summary>Adds Gaussian noise to every feature (Bishop 1995: about a penalty on the slopes of the network).</summary>
    /// <param name="std">σ, in the unit that <see cref="NeuralNetworkOptions.InputScaling"/> gives the features, of about 1; finite and greater than 0. Usual values are 0.01 to 0.3.</param>
    /// <exception cref="ArgumentOutOfRangeException">σ is not finite or not greater than 0.</exception>
    public static Augmentation Noise(double std) => new NoiseAugmentation(std);

    /// <summary>
    /// Mixes each row with another of its batch: features λx + (1 − λ)x′, loss λL(y) + (1 − λ)L(y′), with one λ from Beta(α, α) a batch (Zhang et al. 2017,
    /// arXiv:1710.09412). The network learns to go evenly from one class, or number, to another.
    /// </summary>
    /// <param name="alpha">α, finite and greater than 0; default 0.2. At 1 all λ are alike, towards 0 most rows stay nearly as they are.</param>
    /// <remarks>
    /// λ counts for the row with the greater share, λ ≥ 1/2, whose number incidents name; this is the same mixture, seen from the other row. Weights go with the rows: each
    /// L is a weighted mean. The metric shown epoch by epoch is that of the row with the greater share.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">α is not finite or not greater than 0.</exception>
    public static Augmentation Mixup(double alpha = 0.2) => new MixupAugmentation(alpha);

    /// <summary>This augmentation, and then another.</summary>
    /// <exception cref="ArgumentException">Both hold a <see cref="Mixup"/>.</exception>
    public Augmentation Then(Augmentation next) => new AugmentationChain([this, next]);

    /// <summary>Throws unless rows of so many numbers suit.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    internal virtual void Check(int numbers)
    {
        if (numbers == 0)
        {
            throw new ArgumentException("NeuralNetworkOptions: Augmentation must be null where all feature columns are keys; it alters numbers. Leave it out, or add a column of numbers.");
        }
    }

    /// <summary>Alters the numbers in place.</summary>
    /// <returns>The batch, or one with other targets that has taken it over.</returns>
    internal abstract Batch Apply(Batch batch, AugmentationStep step);
}
