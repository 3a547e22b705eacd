using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

public partial class FunctionTests
{
    private static Dictionary<string, Func<Tensor>> Shapes => new()
    {
        ["t"] = () => A.t(),
        ["permute"] = () => A.permute(1, 0),
        ["transpose"] = () => A.transpose(0, 1),
        ["reshape"] = () => A.reshape(3, 2),
        ["flatten"] = () => A.flatten(),
        ["unflatten"] = () => A.flatten().unflatten(0, 2, 3),
        ["expand"] = () => A[0].expand(2, 3),
        ["repeat"] = () => A.repeat(1, 2),
        ["repeat_interleave"] = () => A.repeat_interleave(2, 0),
        ["roll"] = () => A.roll(1, 1),
        ["roll_all"] = () => A.roll(1),
        ["flip"] = () => A.flip(1),
        ["unfold"] = () => A.flatten().unfold(0, 3, 2),
        ["as_strided"] = () => A.as_strided([2, 2], [1, 2], 1),
        ["narrow"] = () => A.narrow(1, 1, 2),
        ["slice"] = () => A.slice(1, 0, 3, 2),
        ["select"] = () => A.select(0, 1),
        ["index_select"] = () => A.index_select(1, Index),
        ["gather"] = () => A.gather(1, Pick),
        ["masked_select"] = () => A.masked_select(A > 0),
        ["masked_fill"] = () => A.masked_fill(A < 0, 9),
        ["nonzero"] = () => (A > 0).nonzero(),
        ["scatter"] = () => torch.zeros(2, 3).scatter_(1, Pick[.., ..2], A[.., ..2]),
        ["index_add"] = () => A.clone().index_add_(0, Index, B, 2),
        ["index_copy"] = () => A.clone().index_copy_(0, Index, B),
        ["cat"] = () => torch.cat([A, B]),
        ["stack"] = () => torch.stack([A, B], 1),
        ["hstack"] = () => torch.hstack(new List<Tensor> { A, B }),
        ["arange"] = () => torch.arange(2, 8, 2),
        ["arange_float"] = () => torch.arange(0, 1, 0.25),
        ["linspace"] = () => torch.linspace(-1, 1, 5),
        ["eye"] = () => torch.eye(2, 3),
        ["full"] = () => torch.full(2, 2, 1.5),
        ["tril_eye"] = () => torch.tril(torch.eye(3)),
    };
}
