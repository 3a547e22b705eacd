using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>y = x·Wᵀ + b with row i of W = gᵢ·vᵢ/‖vᵢ‖; v is the parameter <c>weight</c> [out, in], g is <c>magnitude</c> [out].</summary>
internal sealed class WeightNormalizedLinear : Module<Tensor, Tensor>, IReparameterized, IOnnxLayer
{
    // Far below any length that training reaches; keeps a row of zeros finite.
    private const double Tiny = 1e-12;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "magnitude")]
    private readonly Parameter _magnitude;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    public WeightNormalizedLinear(long inputs, long outputs)
        : base(nameof(WeightNormalizedLinear))
    {
        var bound = 1 / Math.Sqrt(inputs);
        _weight = LearnedTensor.From(empty(outputs, inputs).uniform_(-bound, bound));
        _magnitude = LearnedTensor.From(ones(outputs));
        _bias = LearnedTensor.From(zeros(outputs));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return functional.linear(input, Normalized(), _bias).MoveToOuterDisposeScope();
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input)
    {
        using var none = NewDisposeScope();
        return OnnxRules.Linear(scope, input, Normalized(), _bias);
    }

    public void Settle()
    {
        using var scope = NewDisposeScope();
        var length = _weight.norm(1, keepdim: true);
        _magnitude.copy_(length.squeeze(1));

        // A row of zeros has no direction to learn a length for: any will do.
        _weight.copy_(where(length.gt(0), _weight, full_like(_weight, 1 / Math.Sqrt(_weight.shape[1]))));
    }

    private Tensor Normalized() => _weight * (_magnitude.unsqueeze(1) / _weight.norm(1, keepdim: true).clamp_min(Tiny));
}
