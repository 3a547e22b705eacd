namespace MLNet.GradStability.Tests.Onnx;

/// <summary>Tests that run exported networks, and are skipped with a word on it where there is no onnxruntime.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnnxTheoryAttribute : TheoryAttribute
{
    public OnnxTheoryAttribute() => Skip = OnnxSession.Missing;
}
