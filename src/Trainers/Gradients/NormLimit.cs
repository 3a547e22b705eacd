using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Scales the gradients of a set together so that their norm stays below a limit: g ← g · min(1, limit/(‖g‖ + 1e-6)).</summary>
internal static class NormLimit
{
    // The same guard against division by 0 as torch.nn.utils.clip_grad_norm_.
    private const double Epsilon = 1e-6;

    /// <summary>For a norm on the host: nothing runs when it is below the limit.</summary>
    public static void Apply(ParameterSet parameters, double limit, double norm)
    {
        var factor = limit / (norm + Epsilon);
        if (factor < 1)
        {
            parameters.ScaleGradients(factor);
        }
    }

    /// <summary>By the norm that the step knows, or else by one that stays on the device: it never waits.</summary>
    public static void Apply(ParameterSet parameters, double limit, GradientStep step, NormOrder order = NormOrder.L2)
    {
        if (order == NormOrder.L2 && step.KnownNorm(parameters) is { } known)
        {
            Apply(parameters, limit, known);
            step.Limited(Math.Min(known, limit));
            return;
        }

        using var scope = NewDisposeScope();
        var factor = Factors(Norm(parameters.Gradients, order), limit);
        foreach (var gradient in parameters.Gradients)
        {
            gradient.mul_(factor);
        }
    }

    /// <summary>min(1, limit/(norm + 1e-6)), element by element.</summary>
    public static Tensor Factors(Tensor norms, double limit) => (limit / (norms + Epsilon)).clamp_max_(1);

    private static Tensor Norm(IReadOnlyList<Tensor> gradients, NormOrder order)
    {
        var p = order switch
        {
            NormOrder.L1 => 1f,
            NormOrder.LInfinity => float.PositiveInfinity,
            _ => 2f,
        };
        return gradients.Count == 1 ? gradients[0].norm(p) : stack(gradients.Select(gradient => gradient.norm(p))).norm(p);
    }
}
