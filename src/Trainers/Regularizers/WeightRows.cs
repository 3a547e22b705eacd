using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The incoming weights of each unit as rows, with norms that neither overflow nor underflow.</summary>
internal static class WeightRows
{
    private const float Smallest = 1.17549435e-38f;

    /// <summary>Rows <c>[out, rest]</c> as a view, the largest |w| of each <c>[out, 1]</c>, and ‖w/largest‖₂ <c>[out, 1]</c>; the norm is the product of the two.</summary>
    public static (Tensor Rows, Tensor Largest, Tensor Norms) Of(Tensor weight)
    {
        var rows = weight.view(weight.shape[0], -1);
        var largest = rows.abs().amax(new long[] { 1 }, keepdim: true).clamp_min_(Smallest);

        // At least 1 for any row that is not zero; clamping keeps a row of zeros from dividing 0 by 0.
        return (rows, largest, (rows / largest).norm(1, keepdim: true).clamp_min_(1));
    }
}
