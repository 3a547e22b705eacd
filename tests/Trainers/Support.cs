using System.Text.Json;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>What several tests need: reference files, and parameters to try transforms on.</summary>
internal static class Support
{
    /// <summary>A file of numbers made with PyTorch, from tests/Reference.</summary>
    public static JsonDocument Reference(string path) => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", path)));

    /// <summary>The numbers of a JSON array, however deeply nested, in order.</summary>
    public static double[] Numbers(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => [.. element.EnumerateArray().SelectMany(Numbers)],
        JsonValueKind.String => [double.Parse(element.GetString()!, System.Globalization.CultureInfo.InvariantCulture)],
        _ => [element.GetDouble()],
    };

    /// <summary>The values of a tensor as doubles.</summary>
    public static double[] ToArray(this Tensor tensor)
    {
        using var scope = NewDisposeScope();

        // TorchSharp's accessor does not take an empty tensor.
        return tensor.numel() == 0 ? [] : tensor.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }

    /// <summary>Fills the tensors of a network with those of a reference, which must be of the same names.</summary>
    public static void Fill(IReadOnlyDictionary<string, Tensor> tensors, JsonElement start)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Assert.Equal(start.EnumerateObject().Select(item => item.Name).Order(), tensors.Keys.Order());
        foreach (var item in start.EnumerateObject())
        {
            tensors[item.Name].copy_(tensor(item.Value.Numbers(), float32).view(tensors[item.Name].shape));
        }
    }

    /// <summary>A snapshot as it is written.</summary>
    public static byte[] ToBytes(this StateSnapshot snapshot)
    {
        using var stream = new MemoryStream();
        snapshot.Write(stream);
        return stream.ToArray();
    }

    /// <summary>Asserts that two lists of numbers agree: |a − b| ≤ tolerance·(1 + |b|).</summary>
    public static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i])) || (double.IsNaN(expected[i]) && double.IsNaN(actual[i])),
                FormattableString.Invariant($"number {i}: expected {expected[i]:R}, got {actual[i]:R}"));
        }
    }
}
