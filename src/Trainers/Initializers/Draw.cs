using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Fills tensors in place with random numbers from a given generator.</summary>
internal static class Draw
{
    // The standard deviation of a standard normal variable cut at ±2.
    private const double TruncatedStd = 0.87962566103423978;

    // erf(√2): the share of a normal distribution within ±2σ.
    private const double Within2Sigma = 0.95449973610364159;

    /// <summary>Zero mean and the given standard deviation, whatever the distribution.</summary>
    public static void ZeroMean(Tensor target, double std, WeightDistribution distribution, Generator random)
    {
        switch (distribution)
        {
            case WeightDistribution.Uniform:
                var bound = Math.Sqrt(3) * std;
                target.uniform_(-bound, bound, random);
                break;
            case WeightDistribution.TruncatedNormal:
                TruncatedNormal(target, std / TruncatedStd, random);
                break;
            default:
                target.normal_(0, std, random);
                break;
        }
    }

    /// <summary>Normal with standard deviation <paramref name="sigma"/> before it is cut at ±2·sigma, by the inverse of the distribution function.</summary>
    public static void TruncatedNormal(Tensor target, double sigma, Generator random) =>
        target.uniform_(-Within2Sigma, Within2Sigma, random).erfinv_().mul_(sigma * Math.Sqrt(2)).clamp_(-2 * sigma, 2 * sigma);

    /// <summary>
    /// A matrix with orthonormal rows, or columns where there are fewer of them, uniform over all such matrices: Q of a normal matrix, its
    /// columns given the signs of R's diagonal (Mezzadri 2007, arXiv:math-ph/0609050).
    /// </summary>
    public static Tensor Orthonormal(long rows, long columns, Tensor like, Generator random)
    {
        using var scope = NewDisposeScope();
        var tall = rows >= columns;
        var normal = empty([Math.Max(rows, columns), Math.Min(rows, columns)], like.dtype, like.device).normal_(0, 1, random);
        var (q, r) = linalg.qr(normal);
        var signs = r.diag().ge(0).to(like.dtype).mul_(2).sub_(1);
        var matrix = q * signs;
        return (tall ? matrix : matrix.t()).MoveToOuterDisposeScope();
    }
}
