using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The greatest in each window over one dimension.</summary>
        public sealed class MaxPool1d : nn.Module<Tensor, Tensor>
        {
            private readonly long _kernel;
            private readonly long? _stride;
            private readonly long? _padding;
            private readonly long? _dilation;
            private readonly bool _ceil;

            internal MaxPool1d(long kernel, long? stride, long? padding, long? dilation, bool ceil) : base(nameof(MaxPool1d)) =>
                (_kernel, _stride, _padding, _dilation, _ceil) = (kernel, stride, padding, dilation, ceil);

            /// <summary>The result, [batch, channels, length].</summary>
            public override Tensor forward(Tensor tensor) => nn.functional.max_pool1d(tensor, _kernel, _stride, _padding, _dilation, _ceil);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The greatest in each window over one dimension.</summary>
            public static MaxPool1d MaxPool1d(long kernelSize, long? stride = null, long? padding = null, long? dilation = null,
                bool ceilMode = false) =>
                new(kernelSize, stride, padding, dilation, ceilMode);
        }
    }
}
