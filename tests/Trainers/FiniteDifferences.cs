using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>Gradients by central differences in double precision, to check analytic ones against (row R28).</summary>
internal static class FiniteDifferences
{
    // Near the cube root of the double's precision, where truncation and rounding balance.
    private const double Step = 1e-5;
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
            entry.fill_(value + Step);
            var above = function();
            entry.fill_(value - Step);
            gradient[i] = (above - function()) / (2 * Step);
            entry.fill_(value);
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
