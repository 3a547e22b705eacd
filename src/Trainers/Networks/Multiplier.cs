using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>y = s·x with one learned number s, <c>weight</c> [1], which starts at 1: the end of a residual branch (Zhang et al. 2019, arXiv:1901.09321).</summary>
internal sealed class Multiplier : Module<Tensor, Tensor>, IOnnxLayer
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _factor;

    public Multiplier()
        : base(nameof(Multiplier))
    {
        _factor = LearnedTensor.From(ones(1));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => input * _factor;

    public OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Op("Mul", [input, scope.Weight("weight", _factor)]);
}
