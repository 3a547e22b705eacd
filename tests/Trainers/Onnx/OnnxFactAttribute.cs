namespace MLNet.GradStability.Tests.Onnx;

/// <summary>A test that runs exported networks, and is skipped with a word on it where there is no onnxruntime.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnnxFactAttribute : FactAttribute
{
    public OnnxFactAttribute() => Skip = OnnxSession.Missing;
}
