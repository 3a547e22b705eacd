namespace MLNet.GradStability;

/// <summary>A type that ML.NET finds in model files under a signature.</summary>
/// <param name="Type">It has <c>static Create(IHostEnvironment, object)</c>.</param>
/// <param name="LoaderSignature">What stands in the file.</param>
internal sealed record ModelComponent(Type Type, string LoaderSignature);
