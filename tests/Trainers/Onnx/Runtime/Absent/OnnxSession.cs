namespace MLNet.GradStability.Tests.Onnx;

/// <summary>Stands in for onnxruntime where the feed had none when the stack was picked.</summary>
internal sealed class OnnxSession : IDisposable
{
    /// <summary>Why nothing can be run.</summary>
    public static string? Missing => "Microsoft.ML.OnnxRuntime was not on the feed when the stack was picked: delete artifacts/stack.props to have it asked again.";

    public IReadOnlyDictionary<string, string> Notes => throw new NotSupportedException(Missing);

    public IReadOnlyDictionary<string, IReadOnlyList<int>> Inputs => throw new NotSupportedException(Missing);

    public static OnnxSession Of(Action<Stream> save) => throw new NotSupportedException(Missing);

    public Dictionary<string, (double[] Values, int[] Shape)> Run(int rows, IReadOnlyDictionary<string, Array> inputs) => throw new NotSupportedException(Missing);

    public void Dispose()
    {
    }
}
