using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

public partial class FunctionTests
{
    private static Dictionary<string, Func<Tensor>> Networks => new()
    {
        ["linear"] = () => F.linear(A, P, Weights[..2]),
        ["one_hot"] = () => F.one_hot(Classes, 4),
        ["pad"] = () => F.pad(A, new long[] { 1, 2 }, PaddingModes.Constant, 5),
        ["pad_reflect"] = () => F.pad(A, new long[] { 1, 1 }, PaddingModes.Reflect),
        ["layer_norm"] = () => F.layer_norm(A, [3], Weights),
        ["group_norm"] = () => F.group_norm(A.unsqueeze(2), 3),
        ["batch_norm"] = () => F.batch_norm(A, torch.zeros(3), torch.ones(3), training: true),
        ["cross_entropy"] = () => F.cross_entropy(A, Classes),
        ["cross_entropy_weight"] = () => nn.CrossEntropyLoss(Weights).call(A, Classes),
        ["cross_entropy_smooth"] = () => F.cross_entropy(A, Classes, label_smoothing: 0.1),
        ["cross_entropy_none"] = () => F.cross_entropy(A, Classes, reduction: Reduction.None),
        ["cross_entropy_ignore"] = () => nn.CrossEntropyLoss(ignore_index: 0).call(A, Classes),
        ["cross_entropy_soft"] = () => F.cross_entropy(A, P / P.sum(1, true)),
        ["nll"] = () => nn.NLLLoss(Weights, Reduction.Sum).call(A.log_softmax(1), Classes),
        ["mse"] = () => nn.MSELoss().call(A, B),
        ["mse_sum"] = () => F.mse_loss(A, B, Reduction.Sum),
        ["smooth_l1"] = () => nn.SmoothL1Loss(Reduction.Mean, 0.5).call(A, B),
        ["huber"] = () => nn.HuberLoss(0.5).call(A, B),
        ["bce"] = () => F.binary_cross_entropy(A.sigmoid(), Bits),
        ["bce_logits"] = () => F.binary_cross_entropy_with_logits(A, Bits),
        ["bce_logits_pos"] = () => nn.BCEWithLogitsLoss(pos_weights: Weights).call(A, Bits),
        ["affine_grid"] = () => F.affine_grid(torch.stack([A, B]).index_select(2, torch.tensor(new long[] { 0, 2, 1 })) / 2, [2, 1, 2, 3]),
        ["affine_grid_corners"] = () => F.affine_grid(A.unsqueeze(0) / 2, [1, 1, 2, 3], true),
        ["grid_sample"] = () => F.grid_sample(A.reshape(1, 1, 2, 3), B.reshape(1, 1, 3, 2) / 2),
        ["grid_sample_nearest"] = () => F.grid_sample(A.reshape(1, 1, 2, 3), B.reshape(1, 1, 3, 2) / 2, GridSampleMode.Nearest, GridSamplePaddingMode.Border, true),
        ["grid_sample_reflection"] = () => F.grid_sample(A.reshape(1, 1, 2, 3), B.reshape(1, 1, 3, 2) / 2, GridSampleMode.Bilinear, GridSamplePaddingMode.Reflection, false),
        ["kl_div"] = () => F.kl_div(A.log_softmax(1), P / P.sum(1, true), false, Reduction.Sum),
        ["kl_div_log"] = () => F.kl_div(A.log_softmax(1), B.log_softmax(1), true, Reduction.Sum),
    };
}
