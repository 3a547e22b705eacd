namespace MLNet.GradStability;

/// <summary>Which way a monitored number gets better.</summary>
public enum MonitorMode
{
    /// <summary>As the number itself says: losses and RMSE down, accuracy up.</summary>
    Auto,

    /// <summary>Lower is better.</summary>
    Min,

    /// <summary>Higher is better.</summary>
    Max,
}
