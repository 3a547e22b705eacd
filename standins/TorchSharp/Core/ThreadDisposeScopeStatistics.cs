namespace TorchSharp;

/// <summary>Counts of tensors by how they stand to the thread's dispose scopes.</summary>
public class ThreadDisposeScopeStatistics
{
    /// <summary>Made while no scope was open.</summary>
    public long CreatedOutsideScopeCount { get; internal set; }

    /// <summary>Made inside a scope.</summary>
    public long CreatedInScopeCount { get; internal set; }

    /// <summary>Made inside a scope and disposed.</summary>
    public long DisposedInScopeCount { get; internal set; }

    /// <summary>Made inside a scope and taken out of it.</summary>
    public long DetachedFromScopeCount { get; internal set; }

    /// <summary>Those that a scope still owns.</summary>
    public long ThreadTotalLiveCount => CreatedInScopeCount - DisposedInScopeCount - DetachedFromScopeCount;

    /// <summary>Starts counting again.</summary>
    public void Reset() =>
        CreatedOutsideScopeCount = CreatedInScopeCount = DisposedInScopeCount = DetachedFromScopeCount = 0;
}
