using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

public class TensorTests
{
    [Fact]
    public void Shape_type_and_place_are_told()
    {
        using var x = torch.zeros(2, 3, 4, dtype: float64);
        Assert.Equal([2, 3, 4], x.shape);
        Assert.Equal([12, 4, 1], x.stride());
        Assert.Equal((3L, 3L, 24L, 3L, 8L), (x.ndim, x.dim(), x.numel(), x.size(1), x.element_size()));
        Assert.Equal(4, x.stride(1));
        Assert.Equal(ScalarType.Float64, x.dtype);
        Assert.Equal(DeviceType.CPU, x.device_type);
        Assert.Equal("cpu", x.device.ToString());
        Assert.True(x.is_cpu() && !x.is_cuda && x.is_floating_point() && !x.is_integral() && x.is_contiguous());
        Assert.False(x.is_pinned());
        using var turned = x.transpose(0, 2);
        Assert.False(turned.is_contiguous());
        Assert.Equal(12, x[1].storage_offset());
        Assert.Equal("[2x3x4], type = Float64, device = cpu", x.ToString());
    }

    [Fact]
    public void Numbers_become_tensors_of_their_own_type()
    {
        Assert.Equal(ScalarType.Float32, torch.tensor(1f).dtype);
        Assert.Equal(ScalarType.Float64, torch.tensor(1.0).dtype);
        Assert.Equal(ScalarType.Int64, torch.tensor(1L).dtype);
        Assert.Equal(ScalarType.Int32, torch.tensor(1).dtype);
        Assert.Equal(ScalarType.Bool, torch.tensor(true).dtype);
        Assert.Equal(ScalarType.Int64, torch.arange(3).dtype);
        Assert.Equal(ScalarType.Float32, torch.arange(0, 1, 0.5).dtype);
        Assert.Equal(ScalarType.Int64, (torch.tensor(new long[] { 1 }) + 1).dtype);
        Assert.Equal(ScalarType.Float32, (torch.tensor(new float[] { 1 }) * 2.0).dtype);
        Assert.Equal(ScalarType.Float32, torch.tensor(new double[] { 1 }, float32).dtype);
        Assert.True(torch.tensor(new float[] { 1 }, requires_grad: true).requires_grad);
        Assert.Equal(ScalarType.Int64, torch.randint(5, [2L]).dtype);
        Assert.Equal(0, torch.tensor(5f).ndim);
    }

    [Fact]
    public void Arrays_of_every_rank_are_copied_in_row_order()
    {
        var source = new float[,] { { 1, 2 }, { 3, 4 } };
        using var x = torch.tensor(source);
        source[0, 0] = 99;
        Assert.Equal([1f, 2, 3, 4], x.data<float>().ToArray());
        Assert.Equal([1, 2, 2], torch.tensor(new double[,,] { { { 1, 2 }, { 3, 4 } } }).shape);
        Assert.Equal([2, 2], torch.tensor(new float[] { 1, 2, 3, 4 }, [2, 2]).shape);
        Assert.Equal([2, 2], torch.tensor(new float[] { 1, 2, 3, 4 }.AsMemory(), [2, 2]).shape);
        Assert.Throws<ArgumentException>(() => torch.tensor(new float[] { 1 }, [2, 2]));
    }

    [Fact]
    public void An_array_wrapped_shares_its_memory_and_lives_with_the_tensor()
    {
        var source = new float[,] { { 1, 2, 3 }, { 4, 5, 6 } };
        using var x = torch.from_array(source);
        Assert.Equal([2, 3], x.shape);
        source[1, 0] = 40;
        x[0, 1].fill_(20);
        Assert.Equal(40f, x[1, 0].item<float>());
        Assert.Equal(20f, source[0, 1]);
        using var copy = torch.from_array(source, float64);
        source[0, 0] = 9;
        Assert.Equal(1.0, copy[0, 0].item<double>());

        var weak = WrapAndForget(out var view);
        GC.Collect();
        Assert.Equal(1000f, view.sum().item<float>());
        view.Dispose();
        GC.Collect();
        Assert.False(weak.IsAlive);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference WrapAndForget(out Tensor view)
    {
        var numbers = Enumerable.Repeat(1f, 1000).ToArray();
        view = torch.from_array(numbers);
        return new WeakReference(numbers);
    }

    [Fact]
    public void Elements_are_read_and_written_whatever_the_strides()
    {
        using var x = torch.arange(6, float32).reshape(2, 3);
        using var turned = x.t();
        Assert.Equal([0f, 3, 1, 4, 2, 5], turned.data<float>().ToArray());
        Assert.Equal(4, turned.data<float>()[1, 1]);
        Assert.Equal(4, turned.data<float>()[3]);
        turned.data<float>()[2, 0] = 20;
        Assert.Equal(20, x[0, 2].item<float>());
        Assert.Equal([0f, 3, 1, 4, 20, 5], turned.data<float>());

        var part = new float[2];
        x.data<float>().CopyTo(part, tensorIndex: 3);
        Assert.Equal([3f, 4], part);
        x.data<float>().CopyFrom(new float[] { 7, 8 }, tensorIndex: 1);
        Assert.Equal([0f, 7, 8, 3, 4, 5], x.data<float>().ToArray());
        Assert.Equal(6, x.data<float>().Count);
        Assert.Throws<ArgumentException>(() => x.data<double>());
        Assert.Throws<ArgumentException>(() => x.item<float>());
    }

    [Fact]
    public void Single_elements_become_numbers()
    {
        Assert.Equal(2.5f, torch.tensor(2.5f).item<float>());
        Assert.Equal(2.5f, torch.tensor(2.5).ToSingle());
        Assert.Equal(2.5, torch.tensor(2.5f).ToDouble());
        Assert.Equal(3, torch.tensor(3L).ToInt32());
        Assert.Equal(3L, torch.tensor(3.9f).ToInt64());
        Assert.True(torch.tensor(true).ToBoolean());
    }

    [Fact]
    public void Bytes_are_the_memory_itself()
    {
        using var x = torch.zeros(2);
        MemoryMarshal.Cast<byte, float>(x.bytes)[1] = 5;
        Assert.Equal([0f, 5], x.data<float>().ToArray());
        Assert.Throws<InvalidOperationException>(() => torch.zeros(2, 3).t().bytes.Length);

        using var stream = new MemoryStream();
        x.WriteBytesToStream(stream);
        Assert.Equal(8, stream.Length);
        stream.Position = 0;
        using var y = torch.ones(2);
        y.ReadBytesFromStream(stream);
        Assert.True(x.Equals(y));
        Assert.Throws<EndOfStreamException>(() => y.ReadBytesFromStream(stream));
    }

    [Fact]
    public void Operators_in_place_give_the_same_object()
    {
        using var x = torch.tensor(new float[] { 1, 4 });
        Assert.Same(x, x.add_(1));
        Assert.Same(x, x.mul_(2).sub_(1).div_(3).neg_().abs_().pow_(2).sqrt_().clamp_(0, 2.5).sign_());
        Assert.Equal([1f, 1], x.data<float>().ToArray());
        x.lerp_(torch.zeros(2), torch.full(2, 0.25)).addcmul_(x, x, 1).addcdiv_(torch.ones(2), torch.full(2, 4), 2);
        Assert.Equal([1.8125f, 1.8125f], x.data<float>().ToArray());
        x.masked_fill_(torch.tensor(new[] { true, false }), 7).copy_(x.clone()).fill_(3).zero_();
        Assert.Equal([0f, 0], x.data<float>().ToArray());
    }

    [Fact]
    public void Views_share_memory_and_copies_do_not()
    {
        using var x = torch.zeros(2, 3);
        x.view(6)[0] = torch.tensor(1f);
        x.narrow(1, 1, 1).fill_(2);
        x.select(0, 1).add_(3);
        using var copy = x.clone().fill_(9);
        Assert.Equal([1f, 2, 0, 3, 5, 3], x.data<float>().ToArray());
        Assert.Equal([2, 2, 2], torch.ones(5, 6).chunk(3, 1).Select(part => part.shape[1]));
        Assert.Equal([2, 2, 1], torch.ones(5).split(2).Select(part => part.shape[0]));
        Assert.Equal([1, 4], torch.ones(5).split(new long[] { 1, 4 }, 0).Select(part => part.shape[0]));
        Assert.Equal(3, torch.ones(3, 2).unbind().Length);
        Assert.True(x.contiguous().Equals(x));
    }

    [Fact]
    public void Moving_to_the_same_type_and_place_shares_memory_unless_a_copy_is_asked_for()
    {
        using var x = torch.zeros(1);
        using var same = x.to(float32);
        using var copy = x.to(float32, copy: true);
        using var wide = x.to(float64);
        x.fill_(1);
        Assert.Equal((1f, 0f, 0.0), (same.item<float>(), copy.item<float>(), wide.item<double>()));
        Assert.NotSame(x, same);
        Assert.Equal(ScalarType.Int64, x.@long().dtype);
        Assert.Equal(ScalarType.Float64, x.type_as(wide).dtype);
        using var gone = torch.zeros(1);
        using var kept = gone.to(float64, disposeAfter: true);
        Assert.True(gone.IsInvalid && !kept.IsInvalid);
        Assert.Equal(DeviceType.CPU, x.to("cpu").cpu().to(CPU).to(x).device_type);
    }

    [Fact]
    public void Taking_over_anothers_storage_makes_a_view()
    {
        using var flat = torch.zeros(4);
        using var x = torch.ones(2);
        x.set_(flat[2..]);
        x.fill_(5);
        Assert.Equal([0f, 0, 5, 5], flat.data<float>().ToArray());
    }

    [Fact]
    public void Comparisons_of_whole_tensors_give_one_answer()
    {
        using var x = torch.tensor(new float[] { 1, float.NaN });
        Assert.False(x.Equals(x.clone()));
        Assert.True(torch.ones(2).Equals(torch.ones(2)));
        Assert.True(torch.ones(2).allclose(torch.ones(2) + 1e-9));
        Assert.True(torch.allclose(x, x, equal_nan: true));
        Assert.False(x.isfinite().all().item<bool>());
        Assert.True(x.isnan().any().item<bool>());
        Assert.Equal([false, true], (x.isnan() & torch.tensor(true)).data<bool>().ToArray());
        Assert.Equal([true, false], (~x.isnan()).data<bool>().ToArray());
    }
}
