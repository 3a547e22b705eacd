using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A convolution over the last dimensions.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    private readonly long[] _stride;
    private readonly long[] _padding;
    private readonly long[] _dilation;
    private readonly long _groups;
    private readonly PaddingModes _mode;

    internal Convolution(string name, long inputs, long outputs, long[] kernel, long[] stride, long[] padding, long[] dilation,
        PaddingModes mode, long groups, bool bias, Device? device, ScalarType? dtype) : base(name)
    {
        (_stride, _padding, _dilation, _mode, _groups) = (stride, padding, dilation, mode, groups);
        var weights = empty([outputs, inputs / groups, .. kernel], dtype, device).AsParameter();
        register_parameter("weight", weights);
        nn.init.kaiming_uniform_(weights, Math.Sqrt(5));
        if (!bias)
            return;
        var offsets = empty([outputs], dtype, device).AsParameter();
        register_parameter("bias", offsets);
        var bound = 1 / Math.Sqrt(nn.init.CalculateFanInAndFanOut(weights).fanIn);
        nn.init.uniform_(offsets, -bound, bound);
    }

    internal Tensor Convolve(string op, Tensor input)
    {
        var (weight, bias) = (Own("weight"), OwnOrNull("bias"));
        if (_mode == PaddingModes.Zeros)
            return Aten.Call(op, input, weight, bias, _stride, _padding, _dilation, _groups);
        var sides = Enumerable.Reverse(_padding).SelectMany(size => new[] { size, size }).ToArray();
        using var padded = nn.functional.pad(input, sides, _mode);
        return Aten.Call(op, padded, weight, bias, _stride, new long[_padding.Length], _dilation, _groups);
    }

}
