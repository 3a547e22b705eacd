namespace TorchSharp;

/// <summary>Owns the tensors made while it is the innermost scope of its thread and disposes them with itself.</summary>
public sealed class DisposeScope : IDisposable
{
    private DisposeScopeManager? _manager;

    internal DisposeScope(DisposeScopeManager manager) => (_manager, OuterScope) = (manager, manager.CurrentDisposeScope);

    internal DisposeScope? OuterScope { get; set; }

    internal HashSet<IDisposable> Disposables { get; private set; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>How many things the scope owns.</summary>
    public int DisposablesCount
    {
        get
        {
            _ = Manager;
            return Disposables.Count;
        }
    }

    private DisposeScopeManager Manager => _manager ?? throw new ObjectDisposedException(GetType().FullName);

    /// <summary>Whether the scope owns it.</summary>
    public bool Contains(IDisposable disposable) => Disposables.Contains(disposable);

    /// <summary>Hands it to the scope outside this one.</summary>
    public T MoveToOuter<T>(T disposable) where T : IDisposable
    {
        MoveToOther(OuterScope, [disposable]);
        return disposable;
    }

    /// <summary>Hands both to the scope outside this one.</summary>
    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        MoveToOther(OuterScope, [first, second]);
        return (first, second);
    }

    /// <summary>Hands all to the scope outside this one.</summary>
    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(OuterScope, disposables);

    /// <summary>Hands all to another scope, or to none.</summary>
    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables)
    {
        _ = Manager;
        foreach (var disposable in disposables)
        {
            if (Disposables.Remove(disposable))
                AddToOther(scope, disposable);
        }
    }

    /// <summary>Takes it out of every scope.</summary>
    public T Detach<T>(T disposable) where T : IDisposable
    {
        Detach([disposable]);
        return disposable;
    }

    /// <summary>Takes all out of every scope.</summary>
    public void Detach(params IDisposable[] disposables)
    {
        var manager = Manager;
        foreach (var disposable in disposables)
        {
            if (!Disposables.Remove(disposable))
                continue;
            manager.StatisticsInstance.DetachedFromScopeCount++;
            if (disposable is torch.Tensor tensor)
                tensor.OwningDisposeScope = null;
        }
    }

    /// <summary>Makes the scope own it.</summary>
    public void Attach(IDisposable disposable)
    {
        if (disposable is torch.Tensor { OwningDisposeScope: null, IsInvalid: false })
            Manager.StatisticsInstance.DetachedFromScopeCount--;
        AddToOther(this, disposable);
    }

    /// <summary>Disposes all it owns and stays open.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    /// <summary>Disposes all it owns except one and stays open.</summary>
    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    /// <summary>Disposes all it owns except some and stays open.</summary>
    public void DisposeEverythingBut(params IDisposable[] keep)
    {
        var manager = Manager;
        var owned = Disposables;
        Disposables = new(keep, ReferenceEqualityComparer.Instance);
        foreach (var disposable in owned)
        {
            if (Disposables.Contains(disposable))
                continue;
            var tensor = disposable as torch.Tensor;
            if (tensor is not null)
                tensor.OwningDisposeScope = null;
            if (tensor is not { IsInvalid: true })
                manager.StatisticsInstance.DisposedInScopeCount++;
            disposable.Dispose();
        }
    }

    /// <summary>Disposes all it owns and closes.</summary>
    public void Dispose()
    {
        if (_manager is not { } manager)
            return;
        DisposeEverything();
        manager.RemoveDisposeScope(this);
        _manager = null;
    }

    /// <summary>Forgets what was disposed by other means.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        Manager.StatisticsInstance.DisposedInScopeCount++;
        Disposables.Remove(disposable);
        if (disposable is torch.Tensor tensor)
            tensor.OwningDisposeScope = null;
    }

    private void AddToOther(DisposeScope? scope, IDisposable disposable)
    {
        var manager = Manager;
        if (scope is null)
            manager.StatisticsInstance.DetachedFromScopeCount++;
        else
            scope.Disposables.Add(disposable);
        if (disposable is torch.Tensor tensor)
            tensor.OwningDisposeScope = scope;
    }
}
