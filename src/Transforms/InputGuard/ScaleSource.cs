namespace MLNet.GradStability;

/// <summary>Where the scale of a feature comes from.</summary>
public enum ScaleSource
{
    /// <summary>1.4826 · the median absolute deviation from the median, which for normal data is the standard deviation.</summary>
    MedianAbsoluteDeviation,

    /// <summary>The standard deviation (divided by n), because half the values or more are equal and so the median absolute deviation is 0.</summary>
    StandardDeviation,

    /// <summary>1, because the feature is constant or has no finite value.</summary>
    One,
}
