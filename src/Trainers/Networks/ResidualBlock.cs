using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>
/// y = activation(skip(x) + branch(x)) on images: the branch is convolution → normalisation → activation, two or three times, without the last activation; the
/// skip is the identity, or a 1×1 convolution with normalisation where the shape changes. The last scale of the branch starts at 0, so that the
/// block starts as the identity (Goyal et al. 2017, arXiv:1706.02677). Parameters are named as in torchvision.
/// </summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>, IOwnStart, IOnnxLayer
{
    private readonly List<(string Name, Module<Tensor, Tensor> Layer)> _branch = [];
    private readonly List<(string Name, Module<Tensor, Tensor> Layer)> _skip = [];
    private readonly List<(string Name, Module<Tensor, Tensor> Layer)> _end = [];
    private readonly string _lastScale;

    public ResidualBlock(ResidualBlockShape shape, Activation activation, Normalization normalization)
        : base(nameof(ResidualBlock))
    {
        var convolutions = shape.Convolutions;
        for (var i = 1; i <= convolutions.Count; i++)
        {
            var (inputs, outputs, kernel, stride) = convolutions[i - 1];
            Add(_branch, $"conv{i}", TorchModules.Convolution(inputs, outputs, kernel, stride, kernel / 2, bias: false));
            Add(_branch, $"bn{i}", normalization.Create(outputs));
            if (i < convolutions.Count)
            {
                Add(_branch, $"activation{i}", activation.Create());
            }
        }

        if (shape.HasProjection)
        {
            var projection = new LayerStack();
            projection.Add("0", TorchModules.Convolution(shape.Inputs, shape.Outputs, 1, shape.Stride, 0, bias: false));
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

    public OnnxValue Export(OnnxScope scope, OnnxValue input)
    {
        return Along(_end, scope.Op("Add", [Along(_branch, input), Along(_skip, input)]));

        OnnxValue Along(List<(string Name, Module<Tensor, Tensor> Layer)> path, OnnxValue start) =>
            path.Aggregate(start, (x, part) => OnnxRules.Export(part.Layer, scope.In(part.Name), x));
    }

    private static Tensor Along(List<(string Name, Module<Tensor, Tensor> Layer)> path, Tensor input) => path.Aggregate(input, (x, part) => part.Layer.call(x));

    private void Add(List<(string Name, Module<Tensor, Tensor> Layer)> path, string name, Module<Tensor, Tensor> layer)
    {
        register_module(name, layer);
        path.Add((name, layer));
    }
}
