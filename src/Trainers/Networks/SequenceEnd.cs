using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>What the output layer sees of the states: <c>[rows, steps, width]</c> becomes <c>[rows, width]</c>, or <c>[rows, steps·width]</c> for all of them.</summary>
internal sealed class SequenceEnd(SequenceOutput outputs, bool bidirectional) : Module<Tensor, Tensor>(nameof(SequenceEnd)), IOnnxLayer
{
    private static readonly long[] Steps = [1];

    public override Tensor forward(Tensor input)
    {
        switch (outputs)
        {
            case SequenceOutput.Mean:
                return input.mean(Steps);
            case SequenceOutput.All:
                return input.flatten(1);
            case SequenceOutput.Last when bidirectional:
                using (NewDisposeScope())
                {
                    var half = input.shape[2] / 2;
                    return cat([input.select(1, -1).narrow(1, 0, half), input.select(1, 0).narrow(1, half, half)], 1).MoveToOuterDisposeScope();
                }

            default:
                return input.select(1, -1);
        }
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input)
    {
        switch (outputs)
        {
            case SequenceOutput.Mean:
                return scope.Mean(input, Steps);
            case SequenceOutput.All:
                return scope.Flatten(input);
            case SequenceOutput.Last when bidirectional:
                var halves = scope.Ops("Split", [input], 2, OnnxAttribute.Integer("axis", 2));
                return scope.Concat([scope.Select(halves[0], 1, -1), scope.Select(halves[1], 1, 0)], 1);
            default:
                return scope.Select(input, 1, -1);
        }
    }
}
