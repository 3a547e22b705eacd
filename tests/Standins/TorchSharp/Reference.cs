using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

/// <summary>Tensors that PyTorch made, by name.</summary>
internal static class Reference
{
    public static JsonElement Read(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Reference", "torchsharp", file);
        return JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
    }

    public static IEnumerable<object[]> Names(string file) => Read(file).EnumerateObject().Select(p => new object[] { p.Name });

    public static Tensor ToTensor(this JsonElement element, ScalarType? type = null)
    {
        var data = element.GetProperty("data").EnumerateArray().Select(v => v.GetDouble()).ToArray();
        return torch.tensor(data, element.Shape(), type ?? ScalarType.Float32);
    }

    public static long[] Shape(this JsonElement element) => element.GetProperty("shape").EnumerateArray().Select(v =>
        v.GetInt64()).ToArray();

    public static void Same(JsonElement expected, Tensor actual, double tolerance = 1e-6)
    {
        Assert.Equal(expected.Shape(), actual.shape);
        var numbers = expected.GetProperty("data").EnumerateArray().Select(v => v.GetDouble()).ToArray();
        var got = Numbers(actual);
        for (var i = 0; i < numbers.Length; i++)
            Assert.True(Math.Abs(numbers[i] - got[i]) <= tolerance * (1 + Math.Abs(numbers[i])),
                $"[{i}]: expected {numbers[i]:R}, got {got[i]:R}");
    }

    public static double[] Numbers(Tensor tensor)
    {
        using var copy = tensor.detach().to(ScalarType.Float64).contiguous();
        return copy.NumberOfElements == 0 ? [] : copy.data<double>().ToArray();
    }
}
