using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>
/// y = activation(skip(x) + branch(x)) on images: the branch is convolution → normalisation → activation, two or three times, without the last activation; the
/// skip is the identity, or a 1×1 convolution with normalisation where the shape changes. The last scale of the branch starts at 0, so that the
/// block starts as the identity (Goyal et al. 2017, arXiv:1706.02677). Parameters are named as in torchvision.
/// </summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>, IOwnStart
{
    private readonly List<Module<Tensor, Tensor>> _branch = [];
    private readonly List<Module<Tensor, Tensor>> _skip = [];
    private readonly List<Module<Tensor, Tensor>> _end = [];
    private readonly string _lastScale;

    public ResidualBlock(ResidualBlockShape shape, Activation activation, Normalization normalization)
        : base(nameof(ResidualBlock))
    {
        var convolutions = shape.Convolutions;
        for (var i = 1; i <= convolutions.Count; i++)
        {
            var (inputs, outputs, kernel, stride) = convolutions[i - 1];
            Add(_branch, $"conv{i}", Conv2d(inputs, outputs, kernel, stride, kernel / 2, bias: false));
            Add(_branch, $"bn{i}", normalization.Create(outputs));
            if (i < convolutions.Count)
            {
                Add(_branch, $"activation{i}", activation.Create());
            }
        }

        if (shape.HasProjection)
        {
            var projection = new LayerStack();
            projection.Add("0", Conv2d(shape.Inputs, shape.Outputs, 1, shape.Stride, bias: false));
            projection.Add("1", normalization.Create(shape.Outputs));
            Add(_skip, "downsample", projection);
        }

        _lastScale = $"bn{convolutions.Count}.weight";
        Add(_end, $"activation{convolutions.Count}", activation.Create());
    }

    public Action<Tensor, Generator>? StartOf(string parameter) => parameter == _lastScale ? (scale, _) => scale.zero_() : null;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Along(_end, Along(_branch, input) + Along(_skip, input)).MoveToOuterDisposeScope();
    }

    private static Tensor Along(List<Module<Tensor, Tensor>> path, Tensor input) => path.Aggregate(input, (x, layer) => layer.call(x));

    private void Add(List<Module<Tensor, Tensor>> path, string name, Module<Tensor, Tensor> layer)
    {
        register_module(name, layer);
        path.Add(layer);
    }
}
