using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>
/// The view that a transformer was fitted on. A chain fits a transformer on a view and then has it transform that same view, once, to fit what
/// comes after: that pass, and no other, is the training one. (Scopes of a chain do not tell: cross-validation scores with all of them.)
/// </summary>
internal sealed class FittedView(IDataView view)
{
    private WeakReference<IDataView>? _view = new(view);

    /// <summary>Whether this is the training pass: true the first time that the view itself is given.</summary>
    public bool Take(IDataView input) =>
        _view is { } held && held.TryGetTarget(out var fitted) && ReferenceEquals(fitted, input) && Interlocked.Exchange(ref _view, null) is not null;
}
