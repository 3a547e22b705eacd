using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>TorchSharp's modules as the networks use them, each with its ONNX operators.</summary>
internal static class TorchModules
{
    /// <summary>A convolution with square kernels.</summary>
    public static Module<Tensor, Tensor> Convolution(long inputs, long outputs, long kernel, long stride, long padding, bool bias = true)
    {
        var module = Conv2d(inputs, outputs, kernel, stride, padding, bias: bias);
        string[] parameters = bias ? ["weight", "bias"] : ["weight"];
        return module.ExportedAs((scope, input) =>
            scope.Op("Conv", [input, .. parameters.Select(name => scope.Weight(name, OnnxRules.ParameterOf(module, name)!))], Windows(kernel, stride, padding)));
    }

    /// <summary>The greatest number of each square window.</summary>
    public static Module<Tensor, Tensor> MaxPool(long size, long stride, long padding = 0) =>
        MaxPool2d(size, stride, padding).ExportedAs((scope, input) => scope.Op("MaxPool", [input], Windows(size, stride, padding)));

    /// <summary>The mean of each square window.</summary>
    public static Module<Tensor, Tensor> AveragePool(long size, long stride) =>
        AvgPool2d(size, stride).ExportedAs((scope, input) => scope.Op("AveragePool", [input], Windows(size, stride, 0)));

    /// <summary>All numbers of a row in one vector.</summary>
    public static Module<Tensor, Tensor> Flatten() => nn.Flatten(1, -1).ExportedAs((scope, input) => scope.Flatten(input));

    /// <summary>Layer normalisation over the last dimension.</summary>
    public static Module<Tensor, Tensor> LayerNormalization(long width)
    {
        const double epsilon = 1e-5;
        var module = LayerNorm(width, epsilon);
        return module.ExportedAs((scope, input) => scope.LayerNormalization(input, OnnxRules.ParameterOf(module, "weight")!, OnnxRules.ParameterOf(module, "bias")!, epsilon));
    }

    private static OnnxFormat.AttributeProto[] Windows(long size, long stride, long padding) =>
    [
        OnnxAttribute.Integers("kernel_shape", size, size),
        OnnxAttribute.Integers("strides", stride, stride),
        OnnxAttribute.Integers("pads", padding, padding, padding, padding),
    ];
}
