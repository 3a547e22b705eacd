using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>
/// y = x·(W/σ)ᵀ + b with σ = uᵀ·W·v, u [out] and v [in] following the first singular vectors of W by power iteration: v ← Wᵀu/‖Wᵀu‖, u ← Wv/‖Wv‖ in
/// each training pass. The gradient takes u and v as constants, as torch.nn.utils.spectral_norm does.
/// </summary>
internal sealed class SpectralNormalizedLinear : Module<Tensor, Tensor>, IReparameterized, IOnnxLayer
{
    private const int FirstIterations = 15;

    // The same floor as torch's; keeps a weight of zeros finite.
    private const double Tiny = 1e-12;

    private readonly int _iterations;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    [ComponentName(Name = "weight_u")]
    private readonly Tensor _left;

    [ComponentName(Name = "weight_v")]
    private readonly Tensor _right;

    public SpectralNormalizedLinear(long inputs, long outputs, int iterations)
        : base(nameof(SpectralNormalizedLinear))
    {
        _iterations = iterations;
        var bound = 1 / Math.Sqrt(inputs);
        _weight = LearnedTensor.From(empty(outputs, inputs).uniform_(-bound, bound));
        _bias = LearnedTensor.From(zeros(outputs));
        _left = UnitVector(outputs);
        _right = UnitVector(inputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        if (training)
        {
            Iterate(_iterations);
        }

        return functional.linear(input, Normalized(), _bias).MoveToOuterDisposeScope();
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input)
    {
        using var none = NewDisposeScope();
        return OnnxRules.Linear(scope, input, Normalized(), _bias);
    }

    public void Settle() => Iterate(FirstIterations);

    private Tensor Normalized()
    {
        // Copies, since the next pass changes the vectors before this one's backward may have run. Negative only where the weights were
        // replaced and the vectors not.
        var sigma = _left.clone().dot(_weight.mv(_right.clone())).abs().clamp_min(Tiny);
        return _weight / sigma;
    }

    private static Tensor UnitVector(long length)
    {
        using var scope = NewDisposeScope();
        var vector = empty(length).normal_();
        return (vector / vector.norm()).MoveToOuterDisposeScope();
    }

    private static void SetDirection(Tensor target, Tensor vector)
    {
        // A vector of zeros has no direction: the old one stays.
        var length = vector.norm();
        target.copy_(where(length.gt(0), vector / length, target));
    }

    private void Iterate(int iterations)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        for (var i = 0; i < iterations; i++)
        {
            SetDirection(_right, _weight.t().mv(_left));
            SetDirection(_left, _weight.mv(_right));
        }
    }
}
