namespace Microsoft.ML.Runtime;

/// <summary>Opens progress channels.</summary>
public interface IProgressChannelProvider
{
    /// <summary>Opens a channel for the progress of one computation.</summary>
    IProgressChannel StartProgressChannel(string name);
}

/// <summary>Reports the progress of a computation.</summary>
public interface IProgressChannel : IProgressChannelProvider, IDisposable
{
    /// <summary>Sets what is reported, and how it is asked for.</summary>
    void SetHeader(ProgressHeader header, Action<IProgressEntry> fillAction);

    /// <summary>Reports values at a milestone.</summary>
    void Checkpoint(params double?[] values);
}

/// <summary>Receives the values of a progress report.</summary>
public interface IProgressEntry
{
    /// <summary>Sets how far a unit has come.</summary>
    void SetProgress(int index, double value);

    /// <summary>Sets how far a unit has come, and how far it goes.</summary>
    void SetProgress(int index, double value, double lim);

    /// <summary>Sets a metric.</summary>
    void SetMetric(int index, double value);
}

/// <summary>The names of what a progress report holds.</summary>
public sealed class ProgressHeader
{
    /// <summary>The units that are counted.</summary>
    public readonly IReadOnlyList<string> UnitNames;

    /// <summary>The metrics.</summary>
    public readonly IReadOnlyList<string> MetricNames;

    /// <summary>A header of metrics and units.</summary>
    public ProgressHeader(string[] metricNames, string[] unitNames)
    {
        MetricNames = metricNames ?? [];
        UnitNames = unitNames ?? [];
    }

    /// <summary>A header of units.</summary>
    public ProgressHeader(params string[] unitNames)
        : this(null, unitNames)
    {
    }
}
