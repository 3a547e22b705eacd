namespace MLNet.GradStability;

/// <summary>How a trial of a sweep ended.</summary>
public enum TrialState
{
    /// <summary>It ran to its end, and its metric is a finite number.</summary>
    Completed,

    /// <summary>The tuner ended it early, because others did better at that time; its metric is that of its last epochs.</summary>
    Stopped,

    /// <summary>Its training diverged.</summary>
    Diverged,

    /// <summary>It threw an exception, or its metric was not a finite number.</summary>
    Failed,

    /// <summary>The sweep was ended while it ran.</summary>
    Cancelled,
}
