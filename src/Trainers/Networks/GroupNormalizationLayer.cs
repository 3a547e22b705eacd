using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>
/// Normalises each row over groups of its channels: input and output <c>[rows, channels, …]</c>. One group is layer normalisation. TorchSharp's own
/// GroupNorm refuses <c>[rows, channels]</c>.
/// </summary>
internal sealed class GroupNormalizationLayer : Module<Tensor, Tensor>, IOnnxLayer
{
    private readonly long _groups;
    private readonly double _epsilon;

    [ComponentName(Name = "weight")]
    private readonly Parameter _scale;

    [ComponentName(Name = "bias")]
    private readonly Parameter _shift;

    public GroupNormalizationLayer(long channels, long groups, double epsilon)
        : base(nameof(GroupNormalizationLayer))
    {
        _groups = groups;
        _epsilon = epsilon;
        _scale = LearnedTensor.From(ones(channels));
        _shift = LearnedTensor.From(zeros(channels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => functional.group_norm(input, _groups, _scale, _shift, _epsilon);

    public OnnxValue Export(OnnxScope scope, OnnxValue input)
    {
        if (_groups == 1 && input.Rank == 2)
        {
            return scope.LayerNormalization(input, _scale, _shift, _epsilon);
        }

        using var none = NewDisposeScope();
        var normalized = scope.Op(
            "InstanceNormalization", [scope.Reshape(input, 0, _groups, -1), scope.Weight("ones", ones(_groups)), scope.Weight("zeros", zeros(_groups))], OnnxAttribute.Number("epsilon", _epsilon));
        var back = scope.Op("Reshape", [normalized, scope.Op("Shape", [input])]) with { Rank = input.Rank };
        return scope.Op("Add", [scope.Op("Mul", [back, Channels("weight", _scale)]), Channels("bias", _shift)]);

        // One number a channel, beside whatever dimensions follow it.
        OnnxValue Channels(string name, Tensor numbers) => scope.Weight(name, numbers.reshape([numbers.shape[0], .. Enumerable.Repeat(1L, input.Rank - 2)]));
    }
}
