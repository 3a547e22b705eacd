using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A convolution over two dimensions.</summary>
        public sealed class Conv2d : Convolution
        {
            internal Conv2d(long inputs, long outputs, (long, long) kernel, (long, long) stride, (long, long) padding,
                (long, long) dilation, PaddingModes mode, long groups, bool bias, Device? device, ScalarType? dtype)
                : base(nameof(Conv2d), inputs, outputs, [kernel.Item1, kernel.Item2], [stride.Item1, stride.Item2],
                    [padding.Item1, padding.Item2], [dilation.Item1, dilation.Item2], mode, groups, bias, device, dtype)
            {
            }

            /// <summary>The result, [batch, outputs, height, width].</summary>
            public override Tensor forward(Tensor input) => Convolve("conv2d", input);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A convolution over two dimensions.</summary>
            public static Conv2d Conv2d(long in_channels, long out_channels, long kernelSize, long stride = 1, long padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, (kernelSize, kernelSize), (stride, stride), (padding, padding), (dilation, dilation),
                    padding_mode, groups, bias, device, dtype);

            /// <summary>A convolution over two dimensions.</summary>
            public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernelSize, (long, long)? stride = null,
                (long, long)? padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernelSize, stride ?? (1, 1), padding ?? (0, 0), dilation ?? (1, 1),
                    padding_mode, groups, bias, device, dtype);

            public static partial class functional
            {
                /// <summary>A convolution over two dimensions.</summary>
                public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null,
                    long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                    Aten.Call("conv2d", input, weight, bias, strides ?? [1], padding ?? [0], dilation ?? [1], groups);
            }
        }
    }
}
