using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>Gradients by five-point central differences in double precision, to check analytic ones against (row R28).</summary>
internal static class FiniteDifferences
{
    // The error is of the fourth order: at this step truncation and rounding both stay near 1e-11, even where the function bends sharply.
    private const double Step = 1e-4;
    private const double Tolerance = 1e-8;

    /// <summary>The gradient of <paramref name="function"/> at <paramref name="point"/>, which is moved in place and put back.</summary>
    /// <param name="point">Float64, contiguous.</param>
    /// <param name="function">A function of the point, without randomness.</param>
    public static double[] Gradient(Tensor point, Func<double> function)
    {
        using var _ = no_grad();
        using var flat = point.view(-1);
        var gradient = new double[flat.numel()];
        for (var i = 0; i < gradient.Length; i++)
        {
            using var entry = flat.narrow(0, i, 1);
            var value = entry.ToDouble();
            gradient[i] = ((8 * (At(1) - At(-1))) - (At(2) - At(-2))) / (12 * Step);
            entry.fill_(value);

            double At(int steps)
            {
                entry.fill_(value + (steps * Step));
                return function();
            }
        }

        return gradient;
    }

    /// <summary>Asserts that autograd's gradient of <paramref name="function"/> is that of finite differences.</summary>
    /// <param name="point">Where; Float64.</param>
    /// <param name="function">A function to one number.</param>
    public static void AssertAutograd(Tensor point, Func<Tensor, Tensor> function)
    {
        using var scope = NewDisposeScope();
        var leaf = point.clone().requires_grad_(true);
        function(leaf).backward();
        AssertSame(Gradient(leaf, () => function(leaf).ToDouble()), leaf.grad!.ToArray());
    }

    /// <summary>Asserts that two gradients agree but for the error of differences.</summary>
    public static void AssertSame(IReadOnlyList<double> differences, IReadOnlyList<double> gradient) =>
        Support.AssertClose(differences, gradient, Tolerance);
}
