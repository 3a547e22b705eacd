using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>a·max(0, b) of the two halves a, b of the last dimension (Shazeer 2020, arXiv:2002.05202).</summary>
internal sealed class ReGlu() : Module<Tensor, Tensor>(nameof(ReGlu)), IOnnxLayer
{
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var half = input.shape[^1] / 2;
        return (input.narrow(-1, 0, half) * input.narrow(-1, half, half).relu()).MoveToOuterDisposeScope();
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input)
    {
        var halves = scope.Ops("Split", [input], 2, OnnxAttribute.Integer("axis", -1));
        return scope.Op("Mul", [halves[0], scope.Op("Relu", [halves[1]])]);
    }
}
