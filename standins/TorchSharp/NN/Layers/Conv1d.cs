using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A convolution over one dimension.</summary>
        public sealed class Conv1d : Convolution
        {
            internal Conv1d(long inputs, long outputs, long kernel, long stride, long padding, long dilation, PaddingModes mode,
                long groups, bool bias, Device? device, ScalarType? dtype)
                : base(nameof(Conv1d), inputs, outputs, [kernel], [stride], [padding], [dilation], mode, groups, bias, device, dtype)
            {
            }

            /// <summary>The result, [batch, outputs, length].</summary>
            public override Tensor forward(Tensor input) => Convolve("conv1d", input);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A convolution over one dimension.</summary>
            public static Conv1d Conv1d(long in_channels, long out_channels, long kernelSize, long stride = 1, long padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernelSize, stride, padding, dilation, padding_mode, groups, bias, device, dtype);

            public static partial class functional
            {
                /// <summary>A convolution over one dimension.</summary>
                public static Tensor conv1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null,
                    long? dilation = null, long groups = 1) =>
                    Aten.Call("conv1d", input, weight, bias, new[] { stride ?? 1 }, new[] { padding ?? 0 }, new[] { dilation ?? 1 },
                        groups);
            }
        }
    }
}
