using Microsoft.ML.Runtime;

namespace MLNet.GradStability;

/// <summary>The transformers of this assembly that model files may hold.</summary>
internal static class TransformComponents
{
    private static readonly ModelComponent[] All = [AugmentImagesFile.Component, InputGuardFile.Component, SequenceWindowFile.Component];

    public static void Register(IHostEnvironment environment) => Array.ForEach(All, component => MLNetInternals.RegisterLoader(environment, component));
}
