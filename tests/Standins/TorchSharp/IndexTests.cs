using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

public class IndexTests
{
    private readonly Tensor _x = torch.arange(24, float32).reshape(2, 3, 4);

    [Fact]
    public void Numbers_and_ranges_give_views()
    {
        Assert.Equal(17f, _x[1, 1, 1].item<float>());
        Assert.Equal([3, 4], _x[-1].shape);
        Assert.Equal([4f, 5, 6, 7], Flat(_x[0, 1]));
        Assert.Equal([1f, 5, 9], Flat(_x[0, .., 1]));
        Assert.Equal([3f, 7, 11], Flat(_x[0, .., ^1]));
        Assert.Equal([13f, 14], Flat(_x[1, 0, 1..3]));
        Assert.Equal([0f, 2], Flat(_x[0, 0, TensorIndex.Slice(null, null, 2)]));
        Assert.Equal([3f, 7, 11, 15, 19, 23], Flat(_x[TensorIndex.Ellipsis, 3]));
        Assert.Equal([2, 1, 3, 4], _x[.., TensorIndex.Null].shape);
        Assert.Equal([2, 3, 4, 1], _x[TensorIndex.Ellipsis, TensorIndex.None].shape);
        Assert.Equal([1f, 5], Flat(_x[TensorIndex.Single(0), TensorIndex.Slice(0, 2), TensorIndex.Single(1)]));
        _x[0][0].fill_(-1);
        Assert.Equal(-1f, _x[0, 0, 3].item<float>());
    }

    [Fact]
    public void Tensors_and_masks_pick()
    {
        using var rows = torch.tensor(new long[] { 2, 0 });
        Assert.Equal([8f, 0], Flat(_x[0, TensorIndex.Tensor(rows), TensorIndex.Single(0)]));
        Assert.Equal([2, 2, 4], _x[TensorIndex.Colon, TensorIndex.Tensor(rows)].shape);
        Assert.Equal([22f, 23], Flat(_x[TensorIndex.Tensor(_x > 21)]));
        Assert.Equal([23f], Flat(_x[_x > 22]));
        Assert.Equal([2, 3], _x[TensorIndex.Ellipsis, TensorIndex.Tensor(torch.tensor(1L))].shape);
    }

    [Fact]
    public void Parts_are_assigned_through_the_same_indexes()
    {
        _x[0, 1] = torch.zeros(4);
        _x[1, .., 0] = torch.tensor(-5f);
        _x[TensorIndex.Tensor(_x > 21)] = torch.tensor(100f);
        _x[0, 0, 0] = torch.tensor(7f);
        Assert.Equal([7f, 1, 2, 3, 0, 0, 0, 0, 8, 9, 10, 11, -5, 13, 14, 15, -5, 17, 18, 19, -5, 21, 100, 100], Flat(_x));
        _x.index_put_(1, TensorIndex.Ellipsis);
        Assert.Equal(24f, _x.sum().item<float>());
    }

    private static float[] Flat(Tensor tensor) => tensor.contiguous().data<float>().ToArray();
}
