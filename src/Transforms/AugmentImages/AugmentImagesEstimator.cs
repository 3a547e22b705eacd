using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.GradStability;

/// <summary>
/// Makes a training set of images larger: each row is followed by copies whose image is flipped, rotated, shifted, made noisy or cut out at random, as
/// <see cref="AugmentImagesOptions"/> say. The column is a flat vector [channels × height × width] of Single and keeps its name and type.
/// </summary>
/// <remarks>
/// Only training sees the copies: a chain that is being fitted gets them, and when the chain scores, is evaluated, cross-validates or was loaded, rows pass
/// unchanged. Append the trainer to the chain that holds the augmentation: like ML.NET's scopes, it is blind to a chain inside of a chain, which is what
/// <c>Append</c> makes of a chain that was stored as <c>IEstimator</c>. Split off test and validation rows before augmenting: a copy must not be validated against its original. What is drawn for a copy follows
/// from the seed and the row's identity, so that it does not depend on how many cursors read. Memory: one image.
/// </remarks>
public sealed class AugmentImagesEstimator : IEstimator<AugmentImagesTransformer>
{
    private readonly AugmentImagesModel _model;

    internal AugmentImagesEstimator(IHostEnvironment environment, string columnName, int height, int width, int channels, AugmentImagesOptions options)
    {
        const string Owner = "AugmentImages";
        const string Remedy = "State the size of the images.";
        Require.Text(columnName, Owner, nameof(columnName), "Name the column of images.");
        var size = new ImageSize(
            Require.AtLeastOne(channels, Owner, nameof(channels), Remedy), Require.AtLeastOne(height, Owner, nameof(height), Remedy), Require.AtLeastOne(width, Owner, nameof(width), Remedy));
        Require.That(options.Alters, options, Owner, nameof(options), "alter the copies", "Turn on at least one of shift, rotation, flips, noise and cut-out, or leave the transform out.");
        _model = new(columnName, size, options, options.Seed ?? environment.Register(nameof(AugmentImagesEstimator)).Rand.Next());
        TransformComponents.Register(environment);
    }

    /// <summary>The options of this estimator.</summary>
    public AugmentImagesOptions Options => _model.Options;

    /// <summary>Checks the column; no row is read.</summary>
    /// <param name="input">The training rows.</param>
    /// <exception cref="ArgumentException">The column is missing or does not hold images of the stated size.</exception>
    public AugmentImagesTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _model.Find(input.Schema);
        return new(_model, new(input));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _model.Check(inputSchema);
        return inputSchema;
    }
}
