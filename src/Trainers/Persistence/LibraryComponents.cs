using Microsoft.ML.Runtime;

namespace MLNet.GradStability;

/// <summary>Everything of the library that model files may hold: networks, and the transforms in front of them.</summary>
internal static class LibraryComponents
{
    public static void Register(IHostEnvironment environment)
    {
        TransformComponents.Register(environment);
        MLNetInternals.RegisterLoader(environment, ModelFile.Component);
    }
}
