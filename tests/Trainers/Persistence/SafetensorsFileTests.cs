using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Persistence;

/// <summary>Safetensors files, against files that were made from the format's own description and an example of its reference implementation.</summary>
public sealed class SafetensorsFileTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData("specified")]
    [InlineData("mlp")]
    [InlineData("types")]
    public void What_was_read_is_written_byte_for_byte_as_the_reference_does(string file)
    {
        var bytes = File.ReadAllBytes(Reference(file));
        var (tensors, metadata) = Read(bytes);
        var (kept, given) = (tensors.Where(tensor => tensor.Name is not ("half" or "brain")).ToList(), tensors.Count);

        using var written = new MemoryStream();
        SafetensorsFile.Write(written, kept, metadata);

        // Numbers of 16 bits are not written.
        Assert.Equal(file == "types" ? 9 : kept.Count, given);
        if (file != "types")
        {
            Assert.Equal(bytes, written.ToArray());
        }

        foreach (var ((name, expected), (again, actual)) in kept.OrderBy(tensor => tensor.Name).Zip(Read(written.ToArray()).Tensors.OrderBy(tensor => tensor.Name)))
        {
            Assert.Equal((name, expected.dtype), (again, actual.dtype));
            Assert.Equal(expected.shape, actual.shape);
            Assert.Equal(expected.ToArray(), actual.ToArray());
        }
    }

    [Fact]
    public void Every_type_is_read_with_its_numbers()
    {
        using var reference = Support.Reference("weights/weights.json");
        var tensors = Read(File.ReadAllBytes(Reference("types"))).Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Value);

        foreach (var expected in reference.RootElement.GetProperty("types").EnumerateObject())
        {
            Assert.Equal(expected.Value.Numbers(), tensors[expected.Name].ToArray());
        }

        Assert.Equal((ScalarType.Float32, ScalarType.Float32, ScalarType.Int64), (tensors["half"].dtype, tensors["brain"].dtype, tensors["long"].dtype));
        Assert.Equal([0, 3], tensors["none"].shape);
        Assert.Empty(tensors["double"].shape);
    }

    [Fact]
    public void Another_order_and_a_header_that_is_not_padded_are_read()
    {
        var expected = Read(File.ReadAllBytes(Reference("mlp"))).Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Value.ToArray());
        var actual = Read(File.ReadAllBytes(Reference("mlp-by-name"))).Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Value.ToArray());

        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, tensor => Assert.Equal(tensor.Value, actual[tensor.Key]));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "tensor a F32 [2] has 8 bytes by its shape and 4 by its data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "the numbers of b F32 [1] must start at 4, where those before it end, and start at 2")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "must start at 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "tensor a is there twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "the tensors need 4 bytes and 8 are there: the file is longer than it says")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", 8, "the tensors need 16 bytes and 8 are there: the file is cut off")]
    [InlineData("""{"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}""", 8, "tensor a is of type \"C64\"; the types read are BOOL, U8, F16, BF16, I32, F32, F64, I64")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "whole numbers of 0 or more as shape and data_offsets; found -1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}""", 4, "and 4 by its data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,2,2,2],"data_offsets":[0,0]}}""", 0, "and 0 by its data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "two data_offsets, the start first, and has [4, 0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "must have dtype, shape and data_offsets and has dtype, shape")]
    [InlineData("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""", 4, "its header holds a value of the wrong kind")]
    [InlineData("""{"a":3}""", 0, "its header holds a value of the wrong kind")]
    [InlineData("""{"__metadata__":{"a":3}}""", 0, "its header holds a value of the wrong kind")]
    [InlineData("""{"a":""", 0, "its header is not JSON")]
    [InlineData("""[1,2]""", 0, "its header is not JSON: it does not start with {")]
    public void A_header_that_breaks_a_rule_is_told_which(string header, int dataBytes, string message)
    {
        byte[] file = [.. BitConverter.GetBytes((ulong)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[dataBytes]];

        Assert.Contains(message, Assert.Throws<FormatException>(() => Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "it has 3 bytes")]
    [InlineData(60, "the file is cut off, or of another kind")]
    [InlineData(90, "the file is cut off")]
    public void A_file_cut_off_says_so(int bytes, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Read(File.ReadAllBytes(Reference("specified"))[..bytes])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(100_000_001UL)]
    [InlineData(1UL)]
    public void An_absurd_length_allocates_nothing(ulong length) =>
        Assert.Contains("2 to 100000000 are possible", Assert.Throws<FormatException>(() => Read([.. BitConverter.GetBytes(length), .. "{}      "u8])).Message, StringComparison.Ordinal);

    [Fact]
    public void Any_damage_is_an_error_or_other_numbers_and_never_anything_else()
    {
        var random = new Random(1);
        var whole = File.ReadAllBytes(Reference("mlp"));
        for (var i = 0; i < 2000; i++)
        {
            var file = whole.ToArray();
            file[random.Next(i % 2 == 0 ? 8 : file.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                using var scope = NewDisposeScope();
                Assert.Equal(9, Read(file).Tensors.Count);
            }
            catch (FormatException)
            {
            }
        }
    }

    [Fact]
    public void A_type_that_is_not_written_is_refused()
    {
        using var stream = new MemoryStream();
        var error = Assert.Throws<NotSupportedException>(() => SafetensorsFile.Write(stream, [("half", zeros(1).to(ScalarType.Float16))], new Dictionary<string, string>()));
        Assert.StartsWith("Tensor half must be of type Bool, Byte, Int32, Float32, Float64, Int64 to be written to a safetensors file; it is Float16.", error.Message, StringComparison.Ordinal);
    }

    private static string Reference(string file) => Path.Combine(AppContext.BaseDirectory, "Reference", "weights", $"{file}.safetensors");

    private static (IReadOnlyList<(string Name, Tensor Value)> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return SafetensorsFile.Read(stream);
    }
}
