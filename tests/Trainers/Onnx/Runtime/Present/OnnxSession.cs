using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLNet.GradStability.Tests.Onnx;

/// <summary>Runs an exported network by onnxruntime.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;

    private OnnxSession(byte[] model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        _session = new InferenceSession(model, options);
    }

    /// <summary>Why nothing can be run; null where it can.</summary>
    public static string? Missing { get; } = FindOut();

    /// <summary>The metadata of the model.</summary>
    public IReadOnlyDictionary<string, string> Notes => _session.ModelMetadata.CustomMetadataMap;

    /// <summary>The sizes of the inputs; −1 is any.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Inputs => _session.InputMetadata.ToDictionary(input => input.Key, input => (IReadOnlyList<int>)input.Value.Dimensions);

    /// <summary>Opens what is saved to a stream.</summary>
    public static OnnxSession Of(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        return new OnnxSession(stream.ToArray());
    }

    /// <summary>All outputs for some rows.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="inputs">The numbers of all rows by column, <c>float[]</c>, <c>uint[]</c> or <c>string[]</c>.</param>
    public Dictionary<string, (double[] Values, int[] Shape)> Run(int rows, IReadOnlyDictionary<string, Array> inputs)
    {
        using var results = _session.Run([.. inputs.Select(input => Value(input.Key, input.Value, rows))]);
        return results.ToDictionary(result => result.Name, result => result.Value switch
        {
            Tensor<float> numbers => (Array.ConvertAll(numbers.ToArray(), number => (double)number), numbers.Dimensions.ToArray()),
            Tensor<uint> keys => (Array.ConvertAll(keys.ToArray(), key => (double)key), keys.Dimensions.ToArray()),
            Tensor<bool> truths => (Array.ConvertAll(truths.ToArray(), truth => truth ? 1.0 : 0), truths.Dimensions.ToArray()),
            var other => throw new NotSupportedException($"{result.Name} is {other.GetType()}."),
        });
    }

    public void Dispose() => _session.Dispose();

    private static NamedOnnxValue Value(string name, Array numbers, int rows)
    {
        int[] shape = [rows, numbers.Length / rows];
        return numbers switch
        {
            string[] texts => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<string>(texts, shape)),
            uint[] keys => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<uint>(keys, shape)),
            _ => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>((float[])numbers, shape)),
        };
    }

    private static string? FindOut()
    {
        try
        {
            _ = OrtEnv.Instance().GetVersionString();
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            return $"onnxruntime does not load here: {(e.InnerException ?? e).Message}";
        }
    }
}
