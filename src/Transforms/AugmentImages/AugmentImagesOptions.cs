namespace MLNet.GradStability;

/// <summary>
/// The options of <see cref="AugmentImagesEstimator"/>: how many copies, and what is done to each. A copy is flipped, rotated and shifted in one bilinear
/// resampling, with zeros where nothing was; then noise is added; then a square is cut out. Absence means off.
/// </summary>
public sealed record AugmentImagesOptions
{
    private const string Owner = nameof(AugmentImagesOptions);

    /// <summary>How many altered copies follow each original.</summary>
    /// <value>1 or greater; default 1, which doubles the training set.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Copies
    {
        get;
        init => field = Require.AtLeastOne(value, Owner, nameof(Copies), "To augment nothing, leave the transform out.");
    } = 1;

    /// <summary>The largest shift, as a part of the height and of the width; each is drawn evenly from ± that, in fractions of pixels too.</summary>
    /// <value>At least 0 and below 1; default 0.1; 0: no shift.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double MaxShift
    {
        get;
        init => field = Require.Fraction(value, Owner, nameof(MaxShift), "It is a part of the image's side.");
    } = 0.1;

    /// <summary>The largest rotation about the middle of the image, in degrees; drawn evenly from ± that.</summary>
    /// <value>0 to 180; default 10; 0: no rotation.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double MaxRotation
    {
        get;
        init => field = Require.That(value is >= 0 and <= 180, value, Owner, nameof(MaxRotation), "be 0 to 180 degrees", "180 turns every way.");
    } = 10;

    /// <summary>Whether a copy is mirrored left to right with probability 1/2. Not for digits and letters.</summary>
    /// <value>Default false.</value>
    public bool FlipHorizontally { get; init; }

    /// <summary>Whether a copy is mirrored top to bottom with probability 1/2.</summary>
    /// <value>Default false.</value>
    public bool FlipVertically { get; init; }

    /// <summary>σ of the Gaussian noise added to every value of a copy, in the values' own unit.</summary>
    /// <value>Finite and 0 or greater; default 0: no noise.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite or below 0.</exception>
    public double NoiseDeviation
    {
        get;
        init => field = Require.NotNegative(value, Owner, nameof(NoiseDeviation), "To add no noise, leave it 0.");
    }

    /// <summary>
    /// The side of a square set to 0 in every channel, as a part of the shorter side of the image (rounded, at least one pixel). Its centre is drawn
    /// evenly over the pixels, so that part of it may lie outside (DeVries and Taylor 2017, arXiv 1708.04552).
    /// </summary>
    /// <value>At least 0 and below 1; default 0: nothing is cut out.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double CutOut
    {
        get;
        init => field = Require.Fraction(value, Owner, nameof(CutOut), "It is a part of the image's shorter side.");
    }

    /// <summary>The seed of what is drawn.</summary>
    /// <value>Default null: drawn from the context's generator when the estimator is made.</value>
    public int? Seed { get; init; }

    /// <summary>Whether a copy differs from its original at all.</summary>
    internal bool Alters => MaxShift > 0 || MaxRotation > 0 || FlipHorizontally || FlipVertically || NoiseDeviation > 0 || CutOut > 0;
}
