using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>Augmentation as ML.NET users look for it: <c>ml.Transforms.AugmentImages("Features", 28, 28)</c>.</summary>
public static class AugmentImagesCatalog
{
    /// <summary>Follows each training row with randomly altered copies of its image; scored rows pass unchanged.</summary>
    /// <param name="catalog"><c>ml.Transforms</c>.</param>
    /// <param name="columnName">The column of images, a vector [channels × height × width] of Single; it keeps name and type.</param>
    /// <param name="height">The height in pixels, 1 or greater.</param>
    /// <param name="width">The width in pixels, 1 or greater.</param>
    /// <param name="channels">The colours, 1 or greater; default 1.</param>
    /// <param name="options">The options; null for the defaults: one copy, shifted by up to a tenth and rotated by up to 10°.</param>
    /// <exception cref="ArgumentException">The name is empty, a size is below 1, or the options alter nothing.</exception>
    public static AugmentImagesEstimator AugmentImages(
        this TransformsCatalog catalog, string columnName, int height, int width, int channels = 1, AugmentImagesOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(MLNetInternals.EnvironmentOf(catalog), columnName, height, width, channels, options ?? new());
    }
}
