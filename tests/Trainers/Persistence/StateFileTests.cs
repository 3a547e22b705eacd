using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Persistence;

/// <summary>State files: those that TorchSharp's Module.save writes, and those made by a script from the description of the format.</summary>
public sealed class StateFileTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void What_a_module_saves_is_read()
    {
        using var module = nn.Sequential(("a", nn.Linear(3, 300)), ("norm", nn.BatchNorm1d(300)), ("b", nn.Linear(300, 1)));
        using var stream = new MemoryStream();
        module.save(stream);

        var read = Read(stream.ToArray()).ToDictionary(tensor => tensor.Name, tensor => tensor.Value);

        Assert.Equal(module.state_dict().Keys.Order(), read.Keys.Order());
        foreach (var (name, tensor) in module.state_dict())
        {
            Assert.Equal(tensor.dtype, read[name].dtype);
            Assert.Equal(tensor.ToArray(), read[name].ToArray());
            Assert.Equal(tensor.shape, read[name].shape);
        }
    }

    [Fact]
    public void A_module_loads_what_the_script_writes_and_so_does_the_reader()
    {
        using var module = nn.Sequential(("hidden0", nn.Linear(3, 4)), ("norm0", nn.BatchNorm1d(4)), ("output", nn.Linear(4, 2)));
        using (var file = File.OpenRead(Reference("mlp")))
        {
            module.load(file);
        }

        var read = Read(File.ReadAllBytes(Reference("mlp"))).ToDictionary(tensor => tensor.Name, tensor => tensor.Value.ToArray());

        Assert.All(module.state_dict(), tensor => Assert.Equal(tensor.Value.ToArray(), read[tensor.Key]));
    }

    [Fact]
    public void Every_type_is_read_with_its_numbers()
    {
        using var reference = Support.Reference("weights/weights.json");
        var read = Read(File.ReadAllBytes(Reference("types"))).ToDictionary(tensor => tensor.Name, tensor => tensor.Value.to(ScalarType.Float64).ToArray());

        foreach (var expected in reference.RootElement.GetProperty("types").EnumerateObject())
        {
            Assert.Equal(expected.Value.Numbers(), read[expected.Name]);
        }
    }

    [Theory]
    [InlineData(new byte[0], "the file is cut off")]
    [InlineData(new byte[] { 0x80 }, "the file is cut off")]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x7F }, "34359738367 tensors cannot be in the 0 bytes that are left")]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F }, "a number of it is out of range")]
    [InlineData(new byte[] { 1, 0, 6, 0 }, "tensor 1 of 1 has no proper name")]
    [InlineData(new byte[] { 1, 1, 0xFF, 6, 0 }, "a name is not text")]
    [InlineData(new byte[] { 1, 1, (byte)'a', 9, 0 }, "tensor a is of the number type 9, which is not read; Float32,")]
    [InlineData(new byte[] { 1, 1, (byte)'a', 6, 65 }, "tensor a has 65 dimensions")]
    [InlineData(new byte[] { 1, 1, (byte)'a', 6, 1, 2, 0, 0, 0, 0 }, "the file is cut off: tensor a [2] needs 8 bytes and 4 are left")]
    [InlineData(new byte[] { 1, 1, (byte)'a', 6, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0 }, "the file is cut off: tensor a [")]
    [InlineData(new byte[] { 1, 1, (byte)'a', 6, 1, 0, 7 }, "1 bytes are left after the last of 1 tensors")]
    [InlineData(new byte[] { 2, 1, (byte)'a', 6, 1, 0, 1, (byte)'a', 6, 1, 0 }, "tensor a is there twice")]
    public void A_file_that_breaks_a_rule_is_told_which(byte[] file, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Read(file)).Message, StringComparison.Ordinal);

    [Fact]
    public void Cut_off_anywhere_it_is_an_error()
    {
        var whole = File.ReadAllBytes(Reference("mlp"));
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Throws<FormatException>(() => Read(whole[..length]));
        }
    }

    private static string Reference(string file) => Path.Combine(AppContext.BaseDirectory, "Reference", "weights", $"{file}.dat");

    private static IReadOnlyList<(string Name, Tensor Value)> Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return StateFile.Read(stream);
    }
}
