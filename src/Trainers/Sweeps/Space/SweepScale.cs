namespace MLNet.GradStability;

/// <summary>How the values of a <see cref="SweepParameter"/> are spread.</summary>
public enum SweepScale
{
    /// <summary>Every number of a range alike.</summary>
    Uniform,

    /// <summary>Every order of magnitude of a range alike: the logarithm is uniform.</summary>
    LogUniform,

    /// <summary>One of several values, without order.</summary>
    Choice,
}
