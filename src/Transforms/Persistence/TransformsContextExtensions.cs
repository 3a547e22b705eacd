using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>What the transforms add to <see cref="MLContext"/>.</summary>
public static class TransformsContextExtensions
{
    /// <summary>
    /// Makes this context able to load models that hold transforms of this library, and no networks: call it once, before <c>ml.Model.Load</c>. With the
    /// trainers at hand, <c>ml.UseGradStability()</c> does it too.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <returns>The same context.</returns>
    public static MLContext UseGradStabilityTransforms(this MLContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        TransformComponents.Register(context);
        return context;
    }
}
