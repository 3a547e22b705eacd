using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

public class StorageTests
{
    [Fact]
    public void Parameters_and_buffers_survive_a_file()
    {
        using var net = new Net();
        using var other = new Net();
        var path = Path.GetTempFileName();
        try
        {
            net.save(path);
            var loaded = new Dictionary<string, bool>();
            other.load(path, loadedParameters: loaded);
            Assert.Equal(net.state_dict().Keys.Order(), loaded.Keys.Order());
            AssertSame(net, other);
        }
        finally
        {
            File.Delete(path);
        }
        Assert.Throws<FileNotFoundException>(() => net.load(path));
    }

    [Fact]
    public void Loading_keeps_views_of_the_parameters()
    {
        using var net = nn.Linear(2, 1);
        using var view = net.weight!.detach();
        using var stream = new MemoryStream();
        net.save(new BinaryWriter(stream));
        using (no_grad())
            net.weight!.zero_();
        stream.Position = 0;
        net.load(new BinaryReader(stream));
        Assert.True(view.Equals(net.weight!));
        Assert.NotEqual(0f, view.abs().sum().item<float>());
    }

    [Fact]
    public void Saving_to_a_stream_closes_it()
    {
        using var net = nn.Linear(2, 1);
        var stream = new MemoryStream();
        net.save(stream);
        Assert.False(stream.CanRead);
        using var again = new MemoryStream(stream.ToArray());
        using var other = nn.Linear(2, 1);
        other.load(again);
        AssertSame(net, other);
    }

    [Fact]
    public void The_layout_is_count_then_name_type_shape_and_bytes()
    {
        using var net = nn.Linear(2, 1, false);
        using (no_grad())
            net.weight!.fill_(1);
        var stream = new MemoryStream();
        net.save(stream);
        byte[] one = [0, 0, 0x80, 0x3f];
        Assert.Equal([1, 6, .. "weight"u8, 6, 2, 1, 2, .. one, .. one], stream.ToArray());
    }

    [Fact]
    public void Names_and_shapes_must_agree_unless_told_otherwise()
    {
        using var net = nn.Linear(2, 1);
        Assert.Throws<ArgumentException>(() => nn.Linear(2, 1, false).load(Saved(net)));
        Assert.Throws<ArgumentException>(() => nn.Linear(3, 1).load(Saved(net)));
        using var partly = nn.Linear(2, 1);
        var bias = partly.bias!.item<float>();
        partly.load(Saved(net), skip: ["bias"]);
        Assert.True(net.weight!.Equals(partly.weight!));
        Assert.Equal(bias, partly.bias!.item<float>());
    }

    [Fact]
    public void A_cut_off_stream_is_an_error()
    {
        using var net = nn.Linear(20, 10);
        var bytes = ((MemoryStream)Saved(net)).ToArray();
        using var other = nn.Linear(20, 10);
        Assert.ThrowsAny<IOException>(() => other.load(new MemoryStream(bytes[..^7])));
    }

    [Fact]
    public void State_dictionaries_are_the_parameters_themselves_and_load_by_copying()
    {
        using var net = new Net();
        using var other = new Net();
        using var view = other.First.weight!.detach();
        var (missing, unexpected) = other.load_state_dict(net.state_dict());
        Assert.Empty(missing.Concat(unexpected));
        Assert.True(view.Equals(other.First.weight!));
        AssertSame(net, other);

        var partial = new Dictionary<string, Tensor> { ["scale"] = torch.full(1, 5), ["strange"] = torch.ones(1) };
        Assert.Throws<InvalidOperationException>(() => other.load_state_dict(partial));
        (missing, unexpected) = other.load_state_dict(partial, strict: false);
        Assert.Equal(["strange"], unexpected);
        Assert.Equal(5, missing.Count);
        Assert.Equal(5f, other.Scale.item<float>());
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() =>
            other.load_state_dict(new Dictionary<string, Tensor> { ["scale"] = torch.ones(2) }, strict: false));
    }

    [Fact]
    public void Single_tensors_survive_a_stream()
    {
        foreach (var x in new[] { torch.randn(2, 3), torch.arange(4), torch.tensor(true), torch.zeros(0, 2, dtype: float64) })
        {
            var stream = new MemoryStream();
            x.Save(stream);
            using var y = Tensor.Load(new MemoryStream(stream.ToArray()));
            Assert.Equal(x.dtype, y.dtype);
            Assert.True(x.Equals(y));
        }
    }

    private static Stream Saved(nn.Module module)
    {
        var stream = new MemoryStream();
        module.save(stream);
        return new MemoryStream(stream.ToArray());
    }

    private static void AssertSame(nn.Module a, nn.Module b)
    {
        foreach (var (key, value) in a.state_dict())
            Assert.True(value.Equals(b.state_dict()[key]), key);
    }
}
