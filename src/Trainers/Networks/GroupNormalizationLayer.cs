using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>
/// Normalises each row over groups of its channels: input and output <c>[rows, channels, …]</c>. One group is layer normalisation. TorchSharp's own
/// GroupNorm refuses <c>[rows, channels]</c>.
/// </summary>
internal sealed class GroupNormalizationLayer : Module<Tensor, Tensor>
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
}
