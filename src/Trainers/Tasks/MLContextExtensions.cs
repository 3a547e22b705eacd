using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>What the library adds to <see cref="MLContext"/>.</summary>
public static class MLContextExtensions
{
    /// <summary>
    /// Makes this context able to load models that hold the library's networks and transforms: call it once, before <c>ml.Model.Load</c>. Contexts
    /// that made a trainer of this library can do so already.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <returns>The same context.</returns>
    public static MLContext UseGradStability(this MLContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        LibraryComponents.Register(context);
        return context;
    }
}
